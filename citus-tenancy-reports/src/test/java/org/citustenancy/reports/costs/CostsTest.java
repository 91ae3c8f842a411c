package org.citustenancy.reports.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.reports.SampleFigures;
import org.citustenancy.statistics.ClusterFigures;
import org.junit.jupiter.api.Test;

/** What clusters cost. */
class CostsTest {

    private static final Money PRICE = Money.of("120", "USD");

    private static final ClusterFigures FIGURES = SampleFigures.cluster(
            SampleFigures.project("one", 100, 1, 1),
            SampleFigures.project("two", 100, 2, 1),
            SampleFigures.project("three", 100, 4, 1));

    @Test
    void comparison_saves_two_prices_for_three_projects_on_one_cluster() {
        CostComparison comparison = new CostComparison(PRICE, 3);

        assertThat(comparison.shared()).hasToString("120.00 USD");
        assertThat(comparison.separate()).hasToString("360.00 USD");
        assertThat(comparison.saving()).hasToString("240.00 USD");
    }

    @Test
    void shares_add_up_to_the_total() {
        for (Weights weights : List.of(Weights.SIZE, Weights.CONNECTIONS, new Weights(70, 30))) {
            CostShares shares = CostShares.of(FIGURES, Money.of("100", "EUR"), weights);

            assertThat(shares.projects().stream()
                            .map(project -> project.cost().amount())
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo("100");
            assertThat(shares.partial()).isFalse();
        }
        assertThat(CostShares.of(FIGURES, Money.of("100", "EUR"), Weights.CONNECTIONS)
                        .projects())
                .extracting(project -> project.cost().toString())
                .containsExactly("14.29 EUR", "28.57 EUR", "57.14 EUR");
        assertThat(CostShares.of(FIGURES, Money.of("100", "JPY"), Weights.SIZE).projects())
                .extracting(project -> project.cost().toString())
                .containsExactlyInAnyOrder("34 JPY", "33 JPY", "33 JPY");
    }

    @Test
    void shares_are_equal_when_no_project_uses_anything() {
        ClusterFigures idle =
                SampleFigures.cluster(SampleFigures.project("one", 100, 0, 1), SampleFigures.project("two", 300, 0, 1));

        assertThat(CostShares.of(idle, PRICE, Weights.CONNECTIONS).projects())
                .extracting(project -> project.cost().toString())
                .containsExactly("60.00 USD", "60.00 USD");
        assertThat(CostShares.of(SampleFigures.cluster(), PRICE, Weights.SIZE).projects())
                .isEmpty();
    }

    @Test
    void invalid_amounts_and_weights_are_refused() {
        assertThatThrownBy(() -> Money.of("-1", "USD")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.of("1.001", "USD")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.of("cheap", "USD")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Money.of("1", "pesetas")).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new Weights(0, 0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> new CostComparison(PRICE, 0)).isInstanceOf(InvalidRequestException.class);
    }
}

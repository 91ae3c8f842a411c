package org.citustenancy.reports.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.reports.SampleFigures;
import org.citustenancy.reports.advice.DistributionAdvisor.Model;
import org.citustenancy.statistics.ClusterFigures;
import org.junit.jupiter.api.Test;

/** What is advised, and why. */
class AdviceTest {

    private final SeparationAdvisor advisor = new SeparationAdvisor(Thresholds.STANDARD, "eu");

    @Test
    void advisor_keeps_small_projects_together() {
        ClusterFigures figures = SampleFigures.cluster(
                SampleFigures.project("one", 100, 1, 10),
                SampleFigures.project("two", 100, 1, 10),
                SampleFigures.project("three", 100, 1, 10).with(SampleFigures.contents(90, 100)));

        assertThat(advisor.advise(figures, Map.of())).allSatisfy(advice -> {
            assertThat(advice.verdict()).isEqualTo(Verdict.STAY);
            assertThat(advice.reasons()).hasSizeGreaterThanOrEqualTo(7);
        });
    }

    @Test
    void advisor_moves_a_project_for_each_measured_criterion() {
        ClusterFigures figures = SampleFigures.cluster(
                SampleFigures.project("large", 800, 1, 10),
                SampleFigures.project("crowded", 100, 60, 10),
                SampleFigures.project("busy", 100, 1, 100),
                SampleFigures.project("uneven", 100, 1, 10).with(SampleFigures.contents(1, 99)));

        List<ProjectAdvice> advice = new SeparationAdvisor(Thresholds.STANDARD.skew(1.9)).advise(figures, Map.of());

        assertThat(advice).allSatisfy(each -> assertThat(each.verdict()).isEqualTo(Verdict.MOVE));
        assertThat(advice)
                .extracting(each -> each.deciding().get(0).criterion())
                .containsExactly(Criterion.SIZE, Criterion.CONNECTIONS, Criterion.COMMITS, Criterion.SKEW);
        assertThat(advice.get(0).deciding().get(0).explanation())
                .isEqualTo("it has 72.7 % of the bytes of all projects (2400 of 3300; the threshold is 50.0 %)");
        assertThat(advice.get(1).deciding().get(0).explanation()).contains("60 of 97");
        assertThat(new SeparationAdvisor(Thresholds.STANDARD.sizeShare(0.8))
                        .advise(figures, Map.of())
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.STAY);
    }

    @Test
    void advisor_keeps_the_only_project() {
        ClusterFigures alone = SampleFigures.cluster(SampleFigures.project("alone", 100, 1, 10));

        assertThat(advisor.advise(alone, Map.of()).get(0).verdict()).isEqualTo(Verdict.STAY);
    }

    @Test
    void advisor_moves_a_project_for_each_declared_criterion() {
        ClusterFigures figures = SampleFigures.cluster(
                SampleFigures.project("a", 1, 1, 1),
                SampleFigures.project("b", 1, 1, 1),
                SampleFigures.project("c", 1, 1, 1),
                SampleFigures.project("d", 1, 1, 1),
                SampleFigures.project("e", 1, 1, 1));

        List<ProjectAdvice> advice = advisor.advise(
                figures,
                Map.of(
                        "a", Requirements.NONE.critical(),
                        "b", Requirements.NONE.isolated(),
                        "c", Requirements.NONE.region("us"),
                        "d", Requirements.NONE.compliance("PCI DSS"),
                        "e", Requirements.NONE.region("eu")));

        assertThat(advice)
                .extracting(ProjectAdvice::verdict)
                .containsExactly(Verdict.MOVE, Verdict.MOVE, Verdict.MOVE, Verdict.MOVE, Verdict.STAY);
        assertThat(advice.get(2).deciding())
                .singleElement()
                .extracting(Reason::explanation)
                .isEqualTo("it must be in us, and the cluster is in eu");
        assertThatThrownBy(() -> advisor.advise(figures, Map.of("typo", Requirements.NONE)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("typo");
    }

    @Test
    void advisor_recommends_schemas_for_few_tenants_and_rows_for_many() {
        assertThat(DistributionAdvisor.STANDARD.advise(50).model()).isEqualTo(Model.SCHEMA_BASED);
        assertThat(DistributionAdvisor.STANDARD.advise(10_001).model()).isEqualTo(Model.ROW_BASED);
        assertThat(new DistributionAdvisor(10).advise(50).explanation()).contains("50", "10");
    }

    @Test
    void advisor_refuses_invalid_thresholds() {
        assertThatThrownBy(() -> Thresholds.STANDARD.sizeShare(0)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Thresholds.STANDARD.commitShare(1.1)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> Thresholds.STANDARD.skew(Double.NaN)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> DistributionAdvisor.STANDARD.advise(0)).isInstanceOf(InvalidRequestException.class);
    }
}

package org.citustenancy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** Mistakes that are made often say what they are. */
@RequiresCluster(citus = false)
class ClearErrorsTest {

    private final TestCluster nodes;

    ClearErrorsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void a_closed_cluster_says_so() {
        CitusCluster cluster = nodes.connect();
        cluster.close();

        assertThatThrownBy(cluster::projects)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("was closed");
        assertThatThrownBy(cluster::verify)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("was closed");
        assertThatThrownBy(() -> cluster.create(
                        List.of(cluster.project(TestCluster.unique("late")).withUser("late_user"))))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("was closed");
    }

    @Test
    void an_unknown_host_is_named() {
        ClusterOptions options = ClusterOptions.of(
                        "jdbc:postgresql://no-such-host.invalid:5432/postgres", "postgres", Secret.of("any"))
                .deadline(Duration.ofSeconds(10));

        assertThatThrownBy(() -> CitusCluster.connect(options))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("The host is unknown here")
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    @SuppressWarnings("NullAway")
    void what_is_missing_is_named() {
        assertThatThrownBy(() -> Secret.of(null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> ClusterOptions.of("jdbc:postgresql://localhost/postgres", "postgres", null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("missing");
        assertThat(Secret.of("any")).isNotNull();
    }
}

package org.citustenancy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.ProjectRequest;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mistakes that are made often say what they are. */
@Tag("once")
@RequiresCluster(citus = false)
class ErrorMessagesTest {

    private final TestCluster nodes;

    ErrorMessagesTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void closed_cluster_refuses_every_call() {
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
    void connect_names_an_unknown_host() {
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
    void null_arguments_are_refused() {
        assertThatThrownBy(() -> Secret.of(null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> ClusterOptions.of("jdbc:postgresql://localhost/postgres", "postgres", null))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("missing");
        assertThat(Secret.of("any")).isNotNull();
        try (CitusCluster cluster = nodes.connect()) {
            ProjectRequest request = cluster.project(TestCluster.unique("nulls"));
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> cluster.project((String) null),
                    () -> cluster.getProject(null),
                    () -> cluster.users().drop(null),
                    () -> cluster.dropUnmanaged(null),
                    () -> cluster.users().rotatePassword(null, Secret.of("any")),
                    () -> cluster.users().rotatePassword("user", null),
                    () -> cluster.workers().add(null, 5432),
                    () -> request.withUser((String) null),
                    () -> request.withUser("user", (Secret) null),
                    () -> request.withReadOnlyUser("user", null),
                    () -> request.withTableUser("user", Secret.of("any"), (String) null),
                    () -> request.setting(null, "on"),
                    () -> request.setting("jit", null),
                    () -> request.extension(null))) {
                assertThatThrownBy(call)
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("missing (null)");
            }
        }
    }

    @Test
    void second_drop_is_refused() {
        try (CitusCluster cluster = nodes.connect()) {
            String name = TestCluster.unique("dropped_twice");
            Project project = cluster.project(name).withUser(name + "_user").create();
            project.drop();

            assertThatThrownBy(project::drop)
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining(name);
        }
    }
}

package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import java.util.List;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Requests that contradict themselves, each other, or what was asked for before. Nothing is touched. */
@RequiresCluster
@Tag("once")
@TestInstance(Lifecycle.PER_CLASS)
class ContradictoryRequestsTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final String name = TestCluster.unique("contradictory");

    ContradictoryRequestsTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void assert_nothing_was_created() throws Exception {
        cluster.close();
        assertThatNodes(nodes).hasNoDatabaseStartingWith(name).hasNoRoleStartingWith(name);
    }

    @Test
    void create_refuses_a_list_that_names_a_project_twice() {
        List<ProjectRequest> requests = List.of(
                cluster.project(name).withUser(name + "_a", Secret.of("any")),
                cluster.project(name + "_other").withUser(name + "_a", Secret.of("any")),
                cluster.project(name).withUser(name + "_b", Secret.of("any")));

        assertThatThrownBy(() -> cluster.create(requests))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The project \"" + name + "\" was requested twice")
                .hasMessageContaining("put both into one request");
    }

    @Test
    void create_refuses_a_user_with_two_passwords() {
        List<ProjectRequest> requests = List.of(
                cluster.project(name).withUser(name + "_both", Secret.of("one-secret")),
                cluster.project(name + "_other").withUser(name + "_both", Secret.of("another-secret")));

        assertThatThrownBy(() -> cluster.create(requests))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The user \"" + name + "_both\" was requested with two different passwords")
                .hasMessageContaining("give the same one")
                .hasMessageNotContaining("secret");
    }

    @Test
    void request_refuses_a_second_owner() {
        ProjectRequest request = cluster.project(name).withUser(name + "_first");

        assertThatThrownBy(() -> request.withUser(name + "_second"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("\"" + name + "\" was given more than one owner")
                .hasMessageContaining(name + "_first, " + name + "_second");
    }

    @Test
    void request_refuses_a_user_that_is_named_twice() {
        ProjectRequest request = cluster.project(name).withUser(name + "_one", Secret.of("a-secret"));

        assertThatThrownBy(() -> request.withReadOnlyUser(name + "_one", Secret.of("b-secret")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"" + name + "_one\" was named twice")
                .hasMessageNotContaining("secret");
    }

    @Test
    void create_refuses_a_request_without_an_owner() {
        ProjectRequest request = cluster.project(name);

        assertThatThrownBy(request::create)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The project \"" + name + "\" has no owner")
                .hasMessageContaining("withUser");
    }

    @Test
    void request_refuses_a_connection_limit_of_zero() {
        assertThatThrownBy(() -> cluster.project(name).connectionLimit(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("0")
                .hasMessageContaining("-1 for no limit");
    }

    @Test
    void request_refuses_settings_that_no_project_can_have() {
        assertThatThrownBy(() -> cluster.project(name).setting("work mem", "1MB"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"work mem\" is not the name of a setting");
        assertThatThrownBy(() -> cluster.project(name).setting("ROLE", "postgres"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"role\" cannot belong to a project");
    }

    @Test
    void secret_refuses_passwords_that_no_role_can_have() {
        assertThatThrownBy(() -> Secret.of(""))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("The password is empty")
                .hasMessageContaining("generated");
        assertThatThrownBy(() -> Secret.of("secret\0"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("NUL")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> Secret.of("secret\u00a0space"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("SASLprep")
                .hasMessageNotContaining("secret");
    }
}

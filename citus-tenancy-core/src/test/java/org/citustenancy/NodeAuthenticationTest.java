package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.NodeAuthentication;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** Passwords between nodes are written where they are needed, or as the caller chose. */
@RequiresCluster
class NodeAuthenticationTest {

    private static final Secret PASSWORD = Secret.of("nodes-Password");
    private static final boolean NODES_ASK = TestCluster.authentication() == Authentication.SCRAM_SHA_256;

    private final TestCluster nodes;

    NodeAuthenticationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void create_stores_node_passwords_when_nodes_require_them() throws SQLException {
        String name = TestCluster.unique("authentication_detected");
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(name + "_u", PASSWORD).create();

            assertPasswords(name, NODES_ASK);
        }
    }

    @Test
    void create_stores_node_passwords_when_the_request_says_so() throws SQLException {
        String name = TestCluster.unique("authentication_written");
        try (CitusCluster cluster = nodes.connect()) {
            ProjectRequest request = cluster.project(name)
                    .withUser(name + "_u", PASSWORD)
                    .nodeAuthentication(NodeAuthentication.PASSWORD);
            request.create();

            assertPasswords(name, true);
            assertThat(request.plan().steps()).isEmpty();
        }
    }

    @Test
    void create_stores_no_node_passwords_when_the_request_says_so() throws SQLException {
        String name = TestCluster.unique("authentication_left");
        try (CitusCluster cluster = nodes.connect()) {
            ProjectRequest request =
                    cluster.project(name).withUser(name + "_u", PASSWORD).nodeAuthentication(NodeAuthentication.NONE);
            if (NODES_ASK) {
                assertThatThrownBy(request::create)
                        .isInstanceOf(IncompleteException.class)
                        .hasMessageContaining("does not get through");
            } else {
                request.create();
            }

            assertPasswords(name, false);
        }
    }

    private void assertPasswords(String name, boolean expected) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, name, "select rolename from pg_dist_authinfo"))
                    .hasSize(expected ? 1 : 0);
        }
    }
}

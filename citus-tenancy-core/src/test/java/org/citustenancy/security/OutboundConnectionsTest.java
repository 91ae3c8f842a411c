package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users who have a server connect elsewhere, and users who take all connections of the nodes. */
@Tag("once")
class OutboundConnectionsTest {

    private static final String PASSWORD = "reaching-Password";

    /** sql_routine_exception: a password is required. */
    private static final String NO_PASSWORD = "2F003";

    /** sqlclient_unable_to_establish_sqlconnection. */
    private static final String NOT_CONNECTED = "08001";

    private static final String FULL = "53300";
    private static final Intruder OWNER = new Intruder("greedy_o", PASSWORD);
    private static final Intruder READER = new Intruder("greedy_r", PASSWORD);

    @Test
    void users_cannot_connect_to_other_servers_or_take_reserved_connections() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_connections", "40"))) {
            TestCluster nodes = TestCluster.closed(embedded);
            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(false))) {
                project(cluster, "victim");
                project(cluster, "greedy");

                makeNothingThatConnects(nodes);
                connectNowhereWithoutTheirPassword(nodes);

                takeAllConnections(nodes, cluster);
            }
        }
    }

    private static Project project(CitusCluster cluster, String name) {
        return cluster.project(name)
                .withUser(name + "_o", Secret.of(PASSWORD))
                .withReadOnlyUser(name + "_r", Secret.of(PASSWORD))
                .create();
    }

    private static void makeNothingThatConnects(TestCluster nodes) {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (Intruder user : List.of(OWNER, READER)) {
                for (String attempt : List.of(
                        "create extension dblink",
                        "create extension postgres_fdw",
                        "create subscription s connection 'host=127.0.0.1' publication p with (connect = false)",
                        "create subscription s connection 'host=127.0.0.1 dbname=victim' publication p")) {
                    assertThat(user.triesAsNode(node, "greedy", attempt))
                            .as("%s: %s on %s", user.name(), attempt, node)
                            .isEqualTo(Intruder.REFUSED);
                }
            }
        }
    }

    /** The server's own password file has the admin's password, which libpq must not use for a user. */
    private static void connectNowhereWithoutTheirPassword(TestCluster nodes) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(
                    node,
                    "greedy",
                    "set citus.enable_ddl_propagation = off; create extension dblink schema public; "
                            + "create extension postgres_fdw schema public; create server loopback foreign data wrapper "
                            + "postgres_fdw options (host '127.0.0.1', port '" + node.port() + "', dbname 'postgres'); "
                            + "grant usage on foreign server loopback to greedy_o");
            String here = "host=127.0.0.1 port=" + node.port() + " ";
            String socket = "port=" + node.port() + " ";
            for (Intruder user : List.of(OWNER, READER)) {
                for (String where : List.of(
                        here + "dbname=postgres user=postgres",
                        here + "dbname=victim user=victim_o",
                        here + "dbname=greedy user=" + user.name(),
                        here + "dbname=postgres user=postgres password=''",
                        socket + "dbname=postgres user=postgres",
                        socket + "dbname=postgres")) {
                    assertThat(user.tries(node, "greedy", "select public.dblink_connect(" + literal(where) + ")"))
                            .as("%s: %s on %s", user.name(), where, node)
                            .isEqualTo(NO_PASSWORD);
                }
                for (String where : List.of(
                        here + "dbname=postgres user=postgres password=guessed",
                        here + "dbname=victim user=" + user.name() + " password=" + PASSWORD,
                        here + "dbname=postgres user=" + user.name() + " password=" + PASSWORD)) {
                    assertThat(user.tries(node, "greedy", "select public.dblink_connect(" + literal(where) + ")"))
                            .as("%s: %s on %s", user.name(), where, node)
                            .isEqualTo(NOT_CONNECTED);
                }
                for (String attempt : List.of(
                        "select public.dblink_connect_u(" + literal(here + "dbname=postgres user=postgres") + ")",
                        "create server own foreign data wrapper postgres_fdw options (host '127.0.0.1')",
                        "create user mapping for public server loopback options (user 'postgres', password 'x')")) {
                    assertThat(user.triesAsNode(node, "greedy", attempt))
                            .as("%s: %s on %s", user.name(), attempt, node)
                            .isEqualTo(Intruder.REFUSED);
                }
            }
            try (Connection owner = OWNER.connect(node, "greedy")) {
                TestCluster.ask(owner, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(
                        owner, "create user mapping for current_user server loopback options (user 'postgres')");
                TestCluster.ask(
                        owner,
                        "create foreign table roles (rolname name) server loopback "
                                + "options (schema_name 'pg_catalog', table_name 'pg_authid')");
                assertThatThrownBy(() -> TestCluster.ask(owner, "select * from roles"))
                        .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                                .isEqualTo(NO_PASSWORD));
                assertThatThrownBy(() -> TestCluster.ask(
                                owner,
                                "alter user mapping for current_user server loopback "
                                        + "options (add password_required 'false')"))
                        .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                                .isEqualTo(Intruder.REFUSED));
                TestCluster.ask(owner, "drop foreign table roles");
                TestCluster.ask(owner, "drop user mapping for current_user server loopback");
            }
        }
    }

    private static void takeAllConnections(TestCluster nodes, CitusCluster cluster) throws Exception {
        List<Connection> taken = new ArrayList<>();
        Project victim = cluster.getProject("victim");
        try {
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThatThrownBy(() -> {
                            while (taken.size() < 500) {
                                taken.add(READER.connect(node, "greedy"));
                            }
                        })
                        .isInstanceOfSatisfying(SQLException.class, full -> assertThat(full.getSQLState())
                                .isEqualTo(FULL));
            }
            // Connections that are reserved for superusers are enough for the library.
            assertThat(nodes.askAll("postgres", "select 1")).containsExactly("1");
            assertThat(victim.verify().findings()).isNotEmpty().allSatisfy(finding -> assertThat(finding.action())
                    .contains("max_connections"));
            assertThat(cluster.capacity().nodes()).hasSize(3);
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        Await.until(() -> victim.verify().isClean());
        assertThat(victim.repair().changed()).isFalse();
    }
}

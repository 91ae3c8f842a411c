package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.hikari.jooq.JooqContext;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** Connections on every node, some of which go down, in a cluster of its own. */
class MultiNodePoolTest {

    private static final String NAME = "anywhere";
    private static final String USER = "anywhere_u";

    @Test
    void reads_use_every_node_and_skip_one_while_it_is_down() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(2).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project(NAME).withUser(USER).create();
                ConnectionInfo connection = project.connection(USER);
                try (Connection owner = open(connection)) {
                    owner.createStatement().execute("create table t (id int)");
                    owner.createStatement().execute("insert into t select generate_series(1, 100)");
                }
                // On one shard of the worker that stays, so that reads can be answered all the time.
                project.tables().distribute("t", "id", options -> options.shardCount(1));
                EmbeddedNode victim = otherThanOfTheShard(nodes);
                try (ProjectPools pools = ProjectPools.builder()
                        .cluster(cluster)
                        .project(connection)
                        .settings(PoolSettings.guide()
                                .with()
                                .max(6)
                                .connectionTimeoutMillis(20_000)
                                .build())
                        .open()) {
                    assertThat(portsOfReads(pools, 6)).isEqualTo(allPorts(nodes));
                    readsCannotWrite(pools);
                    try (Connection writing = pools.dataSource(NAME, USER).getConnection()) {
                        assertThat(port(writing))
                                .isEqualTo(embedded.coordinator().port());
                    }

                    victim.kill();
                    // HikariCP does not validate a connection that was used less than 500 ms ago.
                    TimeUnit.MILLISECONDS.sleep(600);
                    int failed = reads(pools, 60);
                    assertThat(failed)
                            .as("requests on connections that the kill cut")
                            .isLessThanOrEqualTo(6);
                    assertThat(reads(pools, 60))
                            .as("once it is known to be down")
                            .isZero();
                    Set<Integer> left = new HashSet<>(allPorts(nodes));
                    left.remove(victim.port());
                    assertThat(portsOfReads(pools, 4)).isEqualTo(left);

                    victim.start();
                    Await.until(() -> portsOfReads(pools, 6).contains(victim.port()));
                    assertThat(portsOfReads(pools, 6)).isEqualTo(allPorts(nodes));
                    assertThat(reads(pools, 30)).isZero();
                    workersLeaveAndJoin(nodes, cluster, pools, victim);
                }
                everythingAnywhere(nodes, cluster, connection);
                severalHosts(victim, embedded.coordinator(), connection);
            }
        }
    }

    private static void everythingAnywhere(TestCluster nodes, CitusCluster cluster, ConnectionInfo connection)
            throws SQLException {
        try (ProjectPools pools = ProjectPools.builder()
                .cluster(cluster)
                .spread(NodeSpread.ANY_NODE)
                .project(connection)
                .open()) {
            Set<Integer> ports = new HashSet<>();
            List<Connection> borrowed = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                Connection each = pools.dataSource(NAME, USER).getConnection();
                borrowed.add(each);
                ports.add(port(each));
                each.createStatement().execute("insert into t values (" + (1_000 + number) + ")");
            }
            for (Connection each : borrowed) {
                each.close();
            }
            assertThat(ports).isEqualTo(allPorts(nodes));
        }
    }

    /** The host that was taken dies while the pool is in use, so the driver takes the next one. */
    private static void severalHosts(EmbeddedNode first, EmbeddedNode second, ConnectionInfo connection)
            throws Exception {
        ConnectionInfo several = new ConnectionInfo(
                "127.0.0.1",
                first.port(),
                NAME,
                USER,
                Optional.of(connection.password()),
                "jdbc:postgresql://127.0.0.1:1,127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port() + "/" + NAME
                        + "?targetServerType=primary",
                Map.of());
        try (ProjectPools pools = ProjectPools.builder()
                .project(several)
                .spread(NodeSpread.ANY_NODE)
                .open()) {
            DataSource source = pools.dataSource(NAME, USER);
            try (Connection borrowed = source.getConnection()) {
                assertThat(port(borrowed)).isEqualTo(first.port());
            }
            first.kill();
            int failed = 0;
            int port = 0;
            while (port == 0) {
                try (Connection borrowed = source.getConnection()) {
                    port = port(borrowed);
                } catch (SQLException cut) {
                    failed++;
                }
            }
            assertThat(failed).as("requests on the connection that was cut").isLessThanOrEqualTo(1);
            assertThat(port).isEqualTo(second.port());
            assertThat(JooqContext.of(pools.pool(NAME, USER)).fetchCount(DSL.table("t")))
                    .isGreaterThanOrEqualTo(100);
            // The driver takes a session that is read-only by default for one of a standby.
            readsCannotWrite(pools);
        }
    }

    private static void workersLeaveAndJoin(
            TestCluster nodes, CitusCluster cluster, ProjectPools pools, EmbeddedNode worker) throws SQLException {
        cluster.workers().remove(worker.name(), worker.port()).orThrow();
        Set<Integer> left = new HashSet<>(allPorts(nodes));
        left.remove(worker.port());
        assertThat(portsOfReads(pools, 6)).isEqualTo(left);

        cluster.workers().add(worker.name(), worker.port()).orThrow();
        assertThat(portsOfReads(pools, 6)).isEqualTo(allPorts(nodes));
        assertThat(reads(pools, 10)).isZero();
    }

    private static void readsCannotWrite(ProjectPools pools) throws SQLException {
        try (Connection reading = pools.readPool(NAME, USER).dataSource().getConnection();
                Statement statement = reading.createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into t values (0)"))
                    .hasMessageContaining("read-only");
        }
    }

    private static EmbeddedNode otherThanOfTheShard(TestCluster nodes) throws SQLException {
        String ofTheShard =
                nodes.ask(NAME, "select nodeport from citus_shards limit 1").get(0);
        return nodes.embedded().workers().stream()
                .filter(worker -> !String.valueOf(worker.port()).equals(ofTheShard))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> allPorts(TestCluster nodes) {
        Set<Integer> ports = new HashSet<>();
        nodes.embedded().nodes().forEach(node -> ports.add(node.port()));
        return ports;
    }

    /** How many of so many reads fail. */
    private static int reads(ProjectPools pools, int count) {
        int failed = 0;
        for (int number = 0; number < count; number++) {
            try (Connection connection = pools.readPool(NAME, USER).dataSource().getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from t")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(100);
            } catch (SQLException failure) {
                failed++;
            }
        }
        return failed;
    }

    /** Where so many connections are that are borrowed at once. */
    private static Set<Integer> portsOfReads(ProjectPools pools, int count) throws SQLException {
        Set<Integer> ports = new HashSet<>();
        List<Connection> borrowed = new ArrayList<>();
        try {
            for (int number = 0; number < count; number++) {
                Connection connection = pools.readPool(NAME, USER).dataSource().getConnection();
                borrowed.add(connection);
                ports.add(port(connection));
            }
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
        }
        return ports;
    }

    private static int port(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet port = statement.executeQuery("select inet_server_port()")) {
            port.next();
            return port.getInt(1);
        }
    }

    private static Connection open(ConnectionInfo connection) throws SQLException {
        return DriverManager.getConnection(
                connection.jdbcUrl(), connection.user(), connection.password().reveal());
    }
}

package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.PoolPorts;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Read pools on registered standbys of the coordinator and of a worker. */
@Tag("once")
class StandbyReadsTest {

    private static final String NAME = "read_apart";
    private static final String USER = "read_apart_u";
    private static final int CONNECTIONS = 8;

    @Test
    void lag_below_what_can_be_measured_is_refused() {
        assertThatThrownBy(() -> ProjectPools.builder().readStandbys(Duration.ofMillis(999)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("at least 1000 ms");
    }

    @Test
    void read_pool_uses_standbys_while_they_are_recent() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(1)
                .ownSystemIdentifiers()
                .authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = TestCluster.closed(embedded);
            EmbeddedNode coordinator = embedded.coordinator();
            EmbeddedNode worker = embedded.workers().get(0);
            EmbeddedNode ofCoordinator = embedded.addStandby(coordinator);
            EmbeddedNode ofWorker = embedded.addStandby(worker);
            register(nodes, ofCoordinator, coordinator);
            register(nodes, ofWorker, worker);
            try (CitusCluster cluster = nodes.connect()) {
                Project project = cluster.project(NAME).withUser(USER).create();
                fill(project);
                try (ProjectPools pools = open(cluster, project)) {
                    Set<Integer> primaries = ports(List.of(coordinator, worker));
                    for (int check = 0; check < 4; check++) {
                        assertThat(ports(pools)).as("without the right").isEqualTo(primaries);
                        Thread.sleep(500);
                    }
                    nodes.ask("postgres", "grant set on parameter citus.use_secondary_nodes to public");
                    Set<Integer> all = ports(List.of(coordinator, worker, ofCoordinator));
                    Await.until(() -> portsIfPossible(pools).equals(all));
                    assertReads(pools, all);
                    try (Connection writing = pools.dataSource(NAME, USER).getConnection()) {
                        assertThat(PoolPorts.of(writing)).isEqualTo(coordinator.port());
                    }

                    // The standby that the sessions on the coordinator's one read has an earlier state.
                    nodes.ask(ofWorker, "postgres", "select pg_wal_replay_pause()");
                    insert(project, 101);
                    Await.until(() -> portsIfPossible(pools).equals(primaries));
                    nodes.ask(ofWorker, "postgres", "select pg_wal_replay_resume()");
                    Await.until(() -> portsIfPossible(pools).equals(all));
                    // It no longer follows, and its own log soon is longer.
                    ofWorker.promote();
                    nodes.ask(ofWorker, "postgres", "select pg_switch_wal()");
                    nodes.ask(ofWorker, "postgres", "checkpoint");
                    Await.until(() -> portsIfPossible(pools).equals(primaries));
                    worker.kill();
                    Await.until(() -> portsIfPossible(pools).equals(ports(List.of(coordinator))));
                    cluster.workers()
                            .relocate(worker.name(), worker.port(), ofWorker.name(), ofWorker.port())
                            .orThrow();
                    Await.until(() -> portsIfPossible(pools).equals(ports(List.of(coordinator, ofWorker))));
                }
            }
            assertThat(nodes.sessions(ofCoordinator)).isZero();
        }
    }

    private static void register(TestCluster nodes, EmbeddedNode standby, EmbeddedNode primary) throws SQLException {
        nodes.ask(
                "postgres",
                TestCluster.bind(
                        "select citus_add_secondary_node(?, ?, ?, ?)",
                        standby.name(),
                        standby.port(),
                        primary.name(),
                        primary.port()));
    }

    private static void fill(Project project) throws SQLException {
        try (Connection owner = owner(project)) {
            TestCluster.ask(owner, "create table countries (code text primary key)");
            TestCluster.ask(owner, "create table facts (id bigint primary key, country text)");
            TestCluster.ask(owner, "create table parts (id bigint, number int, primary key (id, number))");
        }
        project.tables().reference("countries");
        project.tables().distribute("facts", "id");
        project.tables().distribute("parts", "id");
        try (Connection owner = owner(project)) {
            TestCluster.ask(owner, "insert into countries values ('es'), ('fr')");
            TestCluster.ask(owner, "insert into facts select i, 'es' from generate_series(1, 100) i");
            TestCluster.ask(
                    owner, "insert into parts select i, n from generate_series(1, 100) i, generate_series(1, 2) n");
        }
    }

    private static Connection owner(Project project) throws SQLException {
        ConnectionInfo connection = project.connection(USER);
        return DriverManager.getConnection(
                connection.jdbcUrl(), USER, connection.password().reveal());
    }

    private static void insert(Project project, int id) throws SQLException {
        try (Connection owner = owner(project)) {
            TestCluster.ask(owner, "insert into facts values (" + id + ", 'fr')");
        }
    }

    private static ProjectPools open(CitusCluster cluster, Project project) {
        return ProjectPools.builder()
                .cluster(cluster)
                .readStandbys(Duration.ofSeconds(2))
                .settings(PoolSettings.guide()
                        .with()
                        .max(CONNECTIONS)
                        .connectionTimeoutMillis(20_000)
                        .build())
                .project(project.connection(USER))
                .open();
    }

    /** Each kind of query that Citus plans in its own way. */
    private static void assertReads(ProjectPools pools, Set<Integer> everywhere) throws SQLException {
        Set<Integer> read = new TreeSet<>();
        for (Connection connection : borrow(pools)) {
            try (connection) {
                read.add(PoolPorts.of(connection));
                assertThat(TestCluster.ask(connection, "select count(*) from facts"))
                        .containsExactly("100");
                assertThat(TestCluster.ask(connection, "select country from facts where id = 7"))
                        .containsExactly("es");
                assertThat(TestCluster.ask(connection, "select count(*) from countries"))
                        .containsExactly("2");
                assertThat(TestCluster.ask(
                                connection,
                                "select count(*) from facts join parts using (id) join countries on code = country"))
                        .containsExactly("200");
                assertThat(TestCluster.ask(
                                connection,
                                "with few as (select id from facts order by id limit 3) "
                                        + "select count(*) from parts where id in (select id from few)"))
                        .as("by a result that is sent to the nodes")
                        .containsExactly("6");
                assertThat(TestCluster.ask(
                                connection,
                                "with few as materialized (select id from facts order by id limit 3) "
                                        + "select count(*) from countries where length(code) in (select id from few)"))
                        .as("by a result that stays on the node")
                        .containsExactly("2");
                assertThatThrownBy(() -> TestCluster.ask(connection, "insert into facts values (1000, 'es')"))
                        .isInstanceOf(SQLException.class)
                        .satisfies(refused -> assertThat(refused.getMessage())
                                .containsAnyOf(
                                        "read-only transaction", "writing to worker nodes is not currently allowed"));
            }
        }
        assertThat(read).isEqualTo(everywhere);
    }

    private static List<Connection> borrow(ProjectPools pools) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        try {
            for (int number = 0; number < CONNECTIONS; number++) {
                borrowed.add(pools.readPool(NAME, USER).dataSource().getConnection());
            }
            return borrowed;
        } catch (SQLException failure) {
            for (Connection connection : borrowed) {
                connection.close();
            }
            throw failure;
        }
    }

    private static Set<Integer> portsIfPossible(ProjectPools pools) {
        return PoolPorts.ifPossible(pools.readPool(NAME, USER), CONNECTIONS);
    }

    private static Set<Integer> ports(ProjectPools pools) throws SQLException {
        return PoolPorts.of(pools.readPool(NAME, USER), CONNECTIONS);
    }

    private static Set<Integer> ports(List<EmbeddedNode> nodes) {
        return new TreeSet<>(nodes.stream().map(EmbeddedNode::port).toList());
    }
}

package org.citustenancy.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.tables.TableKind;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Node;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures of projects with known contents, against what plain JDBC hears from each node. */
@Tag("once")
@RequiresCluster
class ProjectFiguresTest {

    private static final int PAGE = 8192;

    private static final String OWN_RELATIONS = """
            from pg_class c join pg_namespace n on n.oid = relnamespace where relkind in ('r', 'm') \
            and nspname !~ '^pg_' and nspname not in ('information_schema', 'citus', 'citus_internal', 'columnar', \
            'columnar_internal')""";

    private final TestCluster nodes;

    ProjectFiguresTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void figures_equal_the_answers_of_every_node() throws SQLException {
        String name = TestCluster.unique("known");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = shop(cluster, name);
            ConnectionInfo owner = project.connection(name + "_user");
            try (Connection idle = open(owner, "till");
                    Connection busy = open(owner, "till")) {
                busy.setAutoCommit(false);
                TestCluster.ask(busy, "select 1");

                ProjectFigures figures = project.statistics().figures();

                assertThat(idle.isValid(5)).isTrue();
                sizes(figures, name);
                connections(figures, name);
                counters(figures, name);
                tables(figures.contents().orElseThrow());
                ProjectContents contents = figures.contents().orElseThrow();
                assertThat(contents.shards()).isEqualTo(new Total(32 + 3 + 1, List.of()));
                assertThat(contents.nodeSkew().orElseThrow()).isBetween(1.0, 1.1);
            }
        }
    }

    private void sizes(ProjectFigures figures, String name) throws SQLException {
        ProjectContents contents = figures.contents().orElseThrow();
        assertThat(figures.state()).contains(ProjectState.READY);
        assertThat(figures.owner()).isEqualTo(name + "_user");
        assertThat(figures.unanswered()).isEmpty();
        assertThat(contents.storage()).hasSize(3);
        long sum = 0;
        for (StorageOnNode storage : contents.storage()) {
            EmbeddedNode node = node(storage.node());
            long relations = number(node, name, "select count(*) from pg_class");
            long size = number(node, name, "select pg_database_size(current_database())");
            assertThat(storage.size().orElseThrow()).isCloseTo(size, within(relations * PAGE));
            assertThat(figures.on(storage.node()).orElseThrow().size().orElseThrow())
                    .isCloseTo(size, within(relations * PAGE));
            assertThat(storage.tables())
                    .isEqualTo(number(node, name, "select sum(pg_table_size(c.oid)) " + OWN_RELATIONS));
            assertThat(storage.indexes())
                    .isEqualTo(number(node, name, "select sum(pg_indexes_size(c.oid)) " + OWN_RELATIONS));
            assertThat(storage.rest().orElseThrow())
                    .isEqualTo(storage.size().orElseThrow() - storage.tables() - storage.indexes())
                    .isPositive();
            assertThat(storage.shards())
                    .isEqualTo(
                            (int)
                                    number(
                                            node,
                                            name,
                                            "select count(*) from pg_dist_placement where groupid = (select groupid from pg_dist_local_group)"));
            sum += size;
        }
        assertThat(figures.size().orElseThrow().isPartial()).isFalse();
        assertThat(figures.size().orElseThrow().value()).isCloseTo(sum, within(3L * 500 * PAGE));
        assertThat(contents.tableBytes().value()
                        + contents.indexBytes().value()
                        + contents.restBytes().orElseThrow().value())
                .isCloseTo(sum, within(3L * 500 * PAGE));
    }

    private void connections(ProjectFigures figures, String name) {
        ProjectOnNode coordinator = figures.nodes().get(0);
        assertThat(coordinator.node().isCoordinator()).isTrue();
        assertThat(coordinator.connectionLimit()).isEqualTo(OptionalInt.of(40));
        assertThat(coordinator.sessions().groups())
                .filteredOn(group -> group.application().equals("till"))
                .allSatisfy(group -> {
                    assertThat(group.user()).contains(name + "_user");
                    assertThat(group.count()).isEqualTo(1);
                    assertThat(group.fromNode()).isFalse();
                })
                .extracting(group -> group.state().orElseThrow())
                .containsExactlyInAnyOrder("idle", "idle in transaction");
        assertThat(coordinator.sessions().byUser()).containsEntry(name + "_user", 2);
        assertThat(coordinator.sessions().byApplication()).containsEntry("till", 2);
        assertThat(coordinator.sessions().byState()).containsEntry("idle in transaction", 1);
        assertThat(figures.connections().orElseThrow().value()).isGreaterThanOrEqualTo(2);
    }

    private void counters(ProjectFigures figures, String name) throws SQLException {
        for (ProjectOnNode part : figures.nodes()) {
            DatabaseCounters counters = part.counters().orElseThrow();
            List<String> later = nodes.ask(
                    node(part.node()),
                    "postgres",
                    bind(
                            "select xact_commit >= ?, xact_rollback >= ?, blks_hit >= ?, blks_read >= ?, deadlocks = ?, "
                                    + "temp_files = ?, temp_bytes = ? from pg_stat_database where datname = ?",
                            counters.commits(),
                            counters.rollbacks(),
                            counters.blocksHit(),
                            counters.blocksRead(),
                            counters.deadlocks(),
                            counters.temporaryFiles(),
                            counters.temporaryBytes(),
                            name));
            assertThat(later).containsExactly("t|t|t|t|t|t|t");
            assertThat(counters.commits()).isPositive();
            assertThat(counters.cacheHitRatio().orElseThrow()).isBetween(0.1, 1.0);
        }
        assertThat(figures.counters().orElseThrow().temporaryFiles()).isPositive();
        assertThat(figures.counters().orElseThrow().rollbacks()).isPositive();
    }

    private static void tables(ProjectContents contents) {
        assertThat(contents.tables())
                .extracting(
                        table -> table.table().name().toString(),
                        table -> table.table().kind(),
                        TableFigures::estimatedRows)
                .containsExactlyInAnyOrder(
                        tuple("users", TableKind.DISTRIBUTED, OptionalLong.of(5000)),
                        tuple("products", TableKind.REFERENCE, OptionalLong.of(100)),
                        tuple("drafts", TableKind.LOCAL, OptionalLong.of(10)),
                        tuple("tenant.notes", TableKind.SCHEMA, OptionalLong.of(7)));
        TableFigures users = contents.tables().stream()
                .filter(table -> table.table().name().table().equals("users"))
                .findFirst()
                .orElseThrow();
        assertThat(users.table().distributionColumn()).contains("id");
        assertThat(users.table().shards()).isEqualTo(OptionalInt.of(32));
        assertThat(users.table().colocation()).isPresent();
        assertThat(users.owner()).matches("known_\\d+_user");
        assertThat(users.nodes()).extracting(TableOnNode::shards).containsExactly(16, 16);
        assertThat(users.size().value()).isPositive();
        assertThat(users.shardSkew().orElseThrow()).isBetween(1.0, 2.0);
    }

    @Test
    void table_sizes_equal_those_of_citus() throws SQLException {
        String name = TestCluster.unique("sized");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = shop(cluster, name);

            ProjectContents contents = project.statistics().figures().contents().orElseThrow();

            for (TableFigures table : contents.tables()) {
                String relation = TestCluster.literal(table.table().name().toString());
                String size = table.table().kind() == TableKind.LOCAL
                        ? "select pg_total_relation_size(" + relation + ")"
                        : "select citus_total_relation_size(" + relation + ")";
                assertThat(table.size())
                        .as("%s", table)
                        .isEqualTo(new Total(number(nodes.embedded().coordinator(), name, size), List.of()));
            }
        }
    }

    @Test
    void figures_that_a_user_may_not_see_are_absent() throws SQLException {
        String name = TestCluster.unique("secretive");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("one-Password"))
                    .withReadOnlyUser(name + "_reader", Secret.of("other-Password"))
                    .create();
            try (Connection session = open(project.connection(name + "_user"), "till")) {
                ProjectFigures seen = project.statistics()
                        .as(project.connection(name + "_reader"))
                        .figures();

                assertThat(session.isValid(5)).isTrue();
                assertThat(seen.unanswered()).isEmpty();
                assertThat(seen.nodes()).hasSize(3).allSatisfy(part -> assertThat(part.size())
                        .isPresent());
                ClientSessions sessions = seen.nodes().get(0).sessions();
                assertThat(sessions.groups()).noneMatch(group -> group.user().equals(Optional.of(name + "_user")));
                assertThat(sessions.hidden()).isPositive();
                assertThat(sessions.count()).isEmpty();
                assertThat(seen.connections()).isEmpty();
                assertThat(project.statistics().figures().connections()).isPresent();
            }
        }
    }

    @Test
    void figures_separate_unmanaged_databases_and_reach_the_listener() throws SQLException {
        String name = TestCluster.unique("wild");
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "create database " + name);
        }
        List<ClusterFigures> heard = new ArrayList<>();
        try (CitusCluster cluster = nodes.connect()) {
            ClusterFigures figures =
                    cluster.statistics().withListener(heard::add).overview();

            assertThat(heard).containsExactly(figures);
            assertThat(figures.projects()).noneMatch(project -> project.name().equals(name));
            assertThat(figures.unmanaged())
                    .filteredOn(database -> database.name().equals(name))
                    .singleElement()
                    .satisfies(database -> {
                        assertThat(database.state()).isEmpty();
                        assertThat(database.nodes()).hasSize(3);
                    });
            assertThat(figures.unmanaged())
                    .extracting(ProjectFigures::name)
                    .doesNotContain("postgres", "template0", "template1");
            assertThat(figures.nodes()).hasSize(3).allSatisfy(node -> {
                assertThat(node.maxConnections()).isEqualTo(400);
                assertThat(node.freeConnections()).isBetween(1, 399);
            });
        } finally {
            nodes.discard(List.of(name));
        }
    }

    /** A project with 5000 users, 100 products, 10 drafts on the coordinator, and 7 notes in a distributed schema. */
    private Project shop(CitusCluster cluster, String name) throws SQLException {
        Project project = cluster.project(name)
                .withUser(name + "_user", Secret.of("shop-Password"))
                .connectionLimit(40)
                .create();
        ConnectionInfo owner = project.connection(name + "_user");
        try (Connection session = open(owner, "setup")) {
            for (String statement : List.of(
                    "create table users (id bigint primary key, name text)",
                    "create table products (id int primary key, name text)",
                    "create table drafts (id int)",
                    "create schema tenant",
                    "create table tenant.notes (id int)")) {
                TestCluster.ask(session, statement);
            }
            project.tables().distribute("users", "id");
            project.tables().reference("products");
            project.tables().distributeSchema("tenant");
            for (String statement : List.of(
                    "insert into users select i, repeat('name', 20) from generate_series(1, 5000) i",
                    "insert into products select i, 'product' from generate_series(1, 100) i",
                    "insert into drafts select generate_series(1, 10)",
                    "insert into tenant.notes select generate_series(1, 7)",
                    "analyze users, products, drafts, tenant.notes",
                    "set work_mem = '64kB'",
                    "select count(*) from (select i from generate_series(1, 50000) i order by i desc offset 0) x",
                    "begin",
                    "rollback")) {
                TestCluster.ask(session, statement);
            }
        }
        return project;
    }

    private Connection open(ConnectionInfo connection, String application) throws SQLException {
        return DriverManager.getConnection(
                nodes.embedded().jdbcUrl(connection.database()) + "?ApplicationName=" + application,
                connection.user(),
                connection.password().reveal());
    }

    private EmbeddedNode node(Node node) {
        return nodes.embedded().nodes().stream()
                .filter(embedded -> embedded.port() == node.port())
                .findFirst()
                .orElseThrow();
    }

    /** What a node says, shards included, which Citus hides from clients otherwise. */
    private long number(EmbeddedNode node, String database, String sql) throws SQLException {
        try (Connection session = nodes.open(node, database)) {
            TestCluster.ask(session, "set citus.override_table_visibility = off");
            return Long.parseLong(TestCluster.ask(session, sql).get(0));
        }
    }
}

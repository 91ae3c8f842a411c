package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNode;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** New databases are copies of an empty template where there is one, in a cluster of its own. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmptyTemplateTest {

    private static final String BLANK = "citus_tenancy_blank";
    private static final String SEALED =
            bind("select datallowconn, datconnlimit, count(*) over () from pg_database where datname = ?", BLANK);

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(1)
            .authentication(Authentication.TRUST)
            .setting("max_worker_processes", "100")
            .setting("citus.background_task_queue_interval", "500ms"));
    private final TestCluster nodes = new TestCluster(embedded);
    private final CitusCluster cluster = nodes.connect();

    @AfterAll
    void stop() {
        cluster.close();
        embedded.close();
    }

    private List<Project> three(CitusCluster on, String prefix) {
        return on
                .create(Stream.of("_1", "_2", "_3")
                        .map(number -> on.project(prefix + number)
                                .withUser(prefix + number + "_user", Secret.of("blank"))
                                .withReadOnlyUser(prefix + "_reader", Secret.of("blank")))
                        .toList())
                .stream()
                .map(ProjectOutcome::orThrow)
                .toList();
    }

    @Test
    void projects_from_the_empty_template_equal_other_projects() throws SQLException {
        Project before = cluster.project("before").withUser("before_user").create();
        for (Project project : three(cluster, "copied")) {
            assertThat(nodes.askAll("postgres", SEALED)).containsExactly("f|0|1");
            assertThat(statements(project)).anyMatch(sql -> sql.contains("template = \"" + BLANK + "\""));
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            distributes(project);
            reachesAllNodes(project.name());
        }
        reachesAllNodes(before.name());
        assertThat(nodes.askAll(
                        "copied_1",
                        "select datname from pg_dist_object join pg_database on oid = objid "
                                + "where classid = 'pg_database'::regclass"))
                .containsExactly("copied_1");
        assertThat(cluster.project("copied_1").connectionLimit(77).plan().steps())
                .isEmpty();
    }

    @Test
    @Tag("long")
    void empty_template_is_compact() throws SQLException {
        three(cluster, "compact");
        // Not the servers that another test has added.
        List<EmbeddedNode> nodesOfCluster = new ArrayList<>(embedded.workers());
        nodesOfCluster.add(embedded.coordinator());
        for (EmbeddedNode node : nodesOfCluster) {
            nodes.ask(node, "postgres", "create database by_hand");
            nodes.ask(node, "by_hand", "create extension citus");

            assertThat(nodes.ask(
                            node,
                            "postgres",
                            bind("select pg_database_size(?) < 0.9 * pg_database_size('by_hand')", BLANK)))
                    .containsExactly("t");

            nodes.ask(node, "postgres", "drop database by_hand with (force)");
        }
    }

    @Test
    @Tag("long")
    void empty_template_is_created_on_a_new_worker_and_dropped_with_it() throws SQLException {
        List<Project> projects = three(cluster, "joined");
        ProjectTemplate template = template();
        EmbeddedNode worker = embedded.addNode();

        cluster.workers().add("127.0.0.1", worker.port()).orThrow();

        assertThat(nodes.ask(worker, "postgres", SEALED)).containsExactly("f|0|1");
        assertThatThrownBy(() -> template.create("moulded")).hasMessageContaining("not what it was made for");
        Project moulded = template().create("moulded");
        assertThat(TestCluster.besidesTrust(moulded.verify()).findings()).isEmpty();
        moulded.drop();
        for (Project project : projects) {
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            distributes(project);
        }
        cluster.workers().remove("127.0.0.1", worker.port()).orThrow();
        assertThat(nodes.ask(worker, "postgres", SEALED)).isEmpty();
        assertThat(cluster.projects()).extracting(RegisteredProject::name).doesNotContain("mould");
        assertThatNode(nodes, worker).hasNoDatabase("mould");
    }

    private ProjectTemplate template() {
        return cluster.template(
                cluster.project("mould").withUser("mould_user", Secret.of("blank")), "nothing", project -> {});
    }

    @Test
    @Tag("long")
    void empty_template_is_recreated_when_it_is_incomplete_or_outdated() throws SQLException {
        three(cluster, "stale");
        for (EmbeddedNode node : embedded.nodes()) {
            nodes.ask(node, "postgres", "comment on database " + BLANK + " is 'of long ago'");
        }
        three(cluster, "other").forEach(EmptyTemplateTest::isACopy);
        EmbeddedNode worker = embedded.workers().get(0);
        nodes.ask(worker, "postgres", "alter database " + BLANK + " with allow_connections true");
        nodes.ask(worker, BLANK, "create table stranger ()");

        three(cluster, "again").forEach(EmptyTemplateTest::isACopy);

        assertThat(nodes.ask(worker, "again_1", "select to_regclass('stranger')"))
                .containsExactly("null");
        assertThat(nodes.askAll("postgres", SEALED)).containsExactly("f|0|1");
    }

    @Test
    void empty_template_is_not_created_where_it_is_disabled_or_unprofitable_or_impossible() throws SQLException {
        try (EmbeddedCluster other = EmbeddedCluster.builder()
                        .workers(1)
                        .authentication(Authentication.TRUST)
                        .start();
                CitusCluster refusing =
                        CitusCluster.connect(new TestCluster(other).options().emptyTemplates(false))) {
            TestCluster there = new TestCluster(other);
            three(refusing, "plain");
            assertThat(there.askAll("postgres", SEALED)).isEmpty();
            try (CitusCluster willing = there.connect()) {
                three(willing, "plain");
                willing.project("single").withUser("single_user").create();
                assertThat(there.askAll("postgres", SEALED)).isEmpty();

                other.workers().get(0).kill();
                assertThat(willing.create(Stream.of("a", "b", "c")
                                .map(name -> willing.project(name).withUser("user_" + name))
                                .toList()))
                        .allSatisfy(outcome ->
                                assertThat(outcome.failure()).containsInstanceOf(NodeUnreachableException.class));
            }
        }
    }

    private static void isACopy(Project project) {
        assertThat(statements(project)).anyMatch(sql -> sql.contains("template = \"" + BLANK + "\""));
    }

    private static List<String> statements(Project project) {
        return project.result().orElseThrow().outcomes().stream()
                .map(StepOutcome::step)
                .map(Step::sql)
                .toList();
    }

    private void distributes(Project project) throws SQLException {
        nodes.ask(
                embedded.coordinator(),
                project.name(),
                project.users().get(0),
                "blank",
                "create table if not exists rows (id bigint primary key)");
        project.tables().distribute("rows", "id", options -> options.shardCount(4));
        nodes.ask(
                embedded.coordinator(),
                project.name(),
                project.users().get(0),
                "blank",
                "insert into rows select generate_series(1, 100) on conflict do nothing");
        assertThat(nodes.ask(project.name(), "select count(*) from rows")).containsExactly("100");
    }

    /** What a superuser changes by plain SQL, Citus carries to the workers, as in any database that it knows. */
    private void reachesAllNodes(String database) throws SQLException {
        nodes.ask(database, "alter database " + database + " with connection limit 77");
        assertThatNodes(nodes).hasConnectionLimit(database, 77);
    }
}

package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Dropping takes a project away from every node, whatever is in the way, and nothing that others need. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class DropTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;

    DropTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    void drop_ends_sessions_prepared_transactions_replication_slots_and_subscriptions() throws Exception {
        String name = TestCluster.unique("obstructed");
        Project project =
                cluster.project(name).withUser(name + "_user", Secret.of("any")).create();
        List<EmbeddedNode> obstructed = List.of(
                nodes.embedded().coordinator(), nodes.embedded().workers().get(0));
        List<Connection> sessions = new ArrayList<>();
        for (EmbeddedNode node : obstructed) {
            // A slot waits for the transactions that are under way, so it comes first.
            nodes.ask(node, name, bind("select pg_create_logical_replication_slot(?, 'pgoutput')", name));
            nodes.ask(
                    node,
                    name,
                    "create subscription \"" + name
                            + " sub\" connection 'host=127.0.0.1 port=1 dbname=none' publication p"
                            + " with (connect = false, enabled = false, create_slot = false, slot_name = 'far_away')");
            sessions.add(openTransaction(node, name));
            prepareTransaction(node, name);
        }

        assertThat(project.drop().changed()).isTrue();

        assertGone(name);
        assertThat(nodes.askAll("postgres", bind("select gid from pg_prepared_xacts where database = ?", name)))
                .isEmpty();
        assertThat(nodes.askAll("postgres", bind("select 1 from pg_replication_slots where slot_name = ?", name)))
                .isEmpty();
        assertThat(nodes.askAll("postgres", bind("select 1 from pg_subscription where subname = ?", name + " sub")))
                .isEmpty();
        for (Connection session : sessions) {
            assertThatThrownBy(() -> TestCluster.ask(session, "select 1")).isInstanceOf(SQLException.class);
        }
    }

    private Connection openTransaction(EmbeddedNode node, String name) throws SQLException {
        Connection session = nodes.open(node, name);
        session.setAutoCommit(false);
        TestCluster.ask(session, "create table never_committed (id int)");
        return session;
    }

    private void prepareTransaction(EmbeddedNode node, String name) throws SQLException {
        try (Connection session = nodes.open(node, name)) {
            TestCluster.ask(session, "begin");
            TestCluster.ask(session, "create table prepared (id int)");
            TestCluster.ask(session, bind("prepare transaction ?", name + "'s \"own\""));
        }
    }

    @Test
    void drop_ends_sessions_that_open_after_it_observed_the_nodes() throws Exception {
        String name = TestCluster.unique("entered_late");
        EmbeddedNode late = nodes.embedded().workers().get(1);
        createEverywhere(name);

        List<Connection> sessions = new ArrayList<>();
        List<String> steps = dropUnmanaged(name, late, () -> sessions.add(openTransaction(late, name)));

        assertThat(steps).doesNotContain("end the sessions in the database");
        assertGone(name);
        assertThatThrownBy(() -> TestCluster.ask(sessions.get(0), "select 1")).isInstanceOf(SQLException.class);
    }

    @Test
    void drop_rolls_back_transactions_that_are_prepared_after_it_observed_the_nodes() throws Exception {
        String name = TestCluster.unique("prepared_late");
        EmbeddedNode late = nodes.embedded().workers().get(1);
        createEverywhere(name);

        List<String> steps = dropUnmanaged(name, late, () -> prepareTransaction(late, name));

        assertThat(steps)
                .filteredOn(step -> step.startsWith("roll back the prepared transaction"))
                .hasSize(1);
        assertGone(name);
    }

    private void createEverywhere(String name) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "create database " + name);
        }
    }

    private interface Meanwhile {
        void happen() throws SQLException;
    }

    /** What a drop does while something happens on a node just before that is shut there. */
    private List<String> dropUnmanaged(String name, EmbeddedNode held, Meanwhile meanwhile) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection holding = nodes.open(held, "postgres")) {
            holding.setAutoCommit(false);
            TestCluster.ask(holding, bind("select 1 from pg_database where datname = ? for update", name));
            Future<ProvisioningResult> dropped = threads.submit(() -> cluster.dropUnmanaged(name));
            Await.until(() -> !nodes.ask(
                            held,
                            "postgres",
                            "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%" + name
                                    + "%'")
                    .isEmpty());
            meanwhile.happen();
            holding.rollback();
            return dropped.get().outcomes().stream()
                    .map(outcome -> outcome.step().description())
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void drop_keeps_roles_that_other_projects_need() throws Exception {
        String name = TestCluster.unique("dropped_alone");
        String other = TestCluster.unique("not_dropped");
        Secret password = Secret.of("of the one who is in both");
        String shared = name + "_shared";
        String owning = name + "_owning";
        String alone = name + "_alone";
        Project project = cluster.project(name)
                .withUser(alone, Secret.of("any"))
                .withReadWriteUser(shared, password)
                .withReadWriteUser(owning, Secret.of("any"))
                .create();
        Project stays = cluster.project(other).withUser(shared, password).create();
        nodes.ask(
                nodes.embedded().workers().get(0),
                "postgres",
                "create table by_hand_" + name + " (id int); alter table by_hand_" + name + " owner to " + owning);

        project.drop();

        assertThat(nodes.askAll(
                        "postgres",
                        bind("select rolname from pg_roles where rolname like ? order by rolname", name + "%")))
                .containsExactly(owning, shared);
        assertThat(TestCluster.besidesTrust(stays.verify()).findings()).isEmpty();
        assertThat(nodes.ask(
                        nodes.embedded().coordinator(),
                        other,
                        shared,
                        password.reveal(),
                        "select success from run_command_on_workers('select 1')"))
                .containsExactly("t", "t");
    }

    @Test
    void concurrent_drops_drop_the_user_that_the_projects_share() throws Exception {
        String shared = TestCluster.unique("dropped_shared");
        List<Project> projects = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            String name = shared + "_" + number;
            projects.add(cluster.project(name)
                    .withUser(name + "_user")
                    .withReadOnlyUser(shared, Secret.of("any"))
                    .create());
        }

        ExecutorService threads = Executors.newFixedThreadPool(projects.size());
        try {
            for (Future<?> dropped : threads.invokeAll(projects.stream()
                    .map(project -> (Callable<?>) project::drop)
                    .toList())) {
                dropped.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThatNodes(nodes).hasNoRoleStartingWith(shared);
    }

    @Test
    void drop_refuses_an_unmanaged_database_without_drop_unmanaged() throws Exception {
        String name = TestCluster.unique("unmanaged");
        createEverywhere(name);

        assertThatThrownBy(() -> cluster.getProject(name))
                .hasMessageContaining("No project \"" + name + "\" is managed here");
        assertThatThrownBy(() -> cluster.project(name).withUser().create().drop())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("\"" + name + "\"");
        assertThatNodes(nodes).hasDatabase(name);

        assertThat(cluster.dropUnmanaged(name).changed()).isTrue();

        assertGone(name);
        assertThat(cluster.dropUnmanaged(name).changed()).isFalse();
    }

    @Test
    void dropped_project_is_not_found_and_can_be_created_again() throws Exception {
        String name = TestCluster.unique("again");
        Project first = cluster.project(name).withUser(name + "_user").create();
        assertThat(first.planDrop().toString()).contains("drop database", "drop role");
        first.drop();
        assertThatThrownBy(first::drop)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No project \"" + name + "\" is managed here");

        Project second = cluster.project(name).withUser(name + "_user").create();

        assertThat(second.connection(name + "_user").password())
                .isNotEqualTo(first.connection(name + "_user").password());
        assertThat(TestCluster.besidesTrust(second.verify()).findings()).isEmpty();
    }

    private void assertGone(String name) throws SQLException {
        assertThatNodes(nodes).hasNoDatabase(name).hasNoRole(name + "_user");
        assertThat(cluster.projects()).noneMatch(project -> project.name().equals(name));
    }
}

package org.citustenancy.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.PasswordRotationException;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Nodes that go away before and while a password changes: no node is left with another one, and none is lost. */
@Tag("once")
@TestInstance(Lifecycle.PER_CLASS)
class InterruptedRotationTest {

    private static final Secret FIRST = Secret.of("first-Password");
    private static final Secret SECOND = Secret.of("second-Password");

    private final EmbeddedCluster embedded;
    private final TestCluster nodes;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private String name = "";
    private String user = "";

    InterruptedRotationTest() {
        embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("fsync", "on"));
        nodes = new TestCluster(embedded);
    }

    @AfterAll
    void stop() {
        threads.shutdownNow();
        embedded.close();
    }

    @BeforeEach
    void create() throws SQLException {
        name = TestCluster.unique("halfway");
        user = name + "_u";
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser(user, FIRST).create();
            nodes.ask(embedded.coordinator(), name, user, FIRST.reveal(), "create table t (id int)");
            project.tables().distribute("t", "id", options -> options.shardCount(4));
        }
    }

    private void assertPassword(Secret password) throws SQLException {
        assertThat(nodes.askAll("postgres", bind("select md5(rolpassword) from pg_authid where rolname = ?", user)))
                .hasSize(1);
        assertThat(nodes.askAll(name, bind("select md5(authinfo) from pg_dist_authinfo where rolename = ?", user)))
                .hasSize(1);
        for (EmbeddedNode node : embedded.nodes()) {
            assertThat(nodes.ask(node, name, user, password.reveal(), "select count(*) from t"))
                    .containsExactly("0");
        }
    }

    /** Holds a table of the system on a node, so that the change stops there, until the node is killed. */
    private Connection hold(EmbeddedNode node, String database, String table) throws SQLException {
        Connection holding = nodes.open(node, database);
        holding.setAutoCommit(false);
        TestCluster.ask(holding, "lock table " + table + " in share mode");
        return holding;
    }

    private void awaitWaiting(EmbeddedNode node, String table) throws Exception {
        Await.until(() -> !nodes.ask(
                        node,
                        "postgres",
                        bind("select from pg_locks where not granted and relation = ?::regclass::oid", table))
                .isEmpty());
    }

    private PasswordRotationException failure(Future<?> rotation) {
        ExecutionException failed = catchThrowableOfType(ExecutionException.class, rotation::get);
        assertThat(failed).hasCauseInstanceOf(PasswordRotationException.class);
        PasswordRotationException failure = (PasswordRotationException) failed.getCause();
        assertThat(failure.user()).isEqualTo(user);
        assertThat(failure.getMessage()).doesNotContain(failure.password().reveal());
        return failure;
    }

    private CitusCluster connect() {
        return CitusCluster.connect(
                nodes.options().directWorkerConnections(false).deadline(Duration.ofMinutes(1)));
    }

    @Test
    @Tag("long")
    void rotation_changes_nothing_when_a_worker_is_down() throws Exception {
        EmbeddedNode worker = embedded.workers().get(1);
        try (CitusCluster cluster = connect()) {
            worker.kill();
            try {
                assertThatThrownBy(() -> cluster.users().rotatePassword(user))
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining(String.valueOf(worker.port()))
                        .hasMessageContaining("nothing was changed");
                assertThat(cluster.getProject(name).name()).isEqualTo(name);
                assertThat(cluster.projects())
                        .filteredOn(project -> project.name().equals(name))
                        .singleElement()
                        .satisfies(project -> assertThat(project.state()).isEqualTo(ProjectState.READY));
            } finally {
                worker.start();
            }
            assertPassword(FIRST);
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void rotation_restores_the_old_password_when_a_worker_dies_and_repair_keeps_it() throws Exception {
        EmbeddedNode worker = embedded.workers().get(1);
        try (CitusCluster cluster = connect()) {
            PasswordRotationException failure =
                    dyingOnTheWay(worker, () -> cluster.users().rotatePassword(user));
            assertThat(failure.getMessage())
                    .contains(String.valueOf(worker.port()))
                    .contains("repair()");
            for (EmbeddedNode node :
                    List.of(embedded.coordinator(), embedded.workers().get(0))) {
                assertThat(nodes.ask(node, name, user, FIRST.reveal(), "select 1"))
                        .containsExactly("1");
            }

            worker.start();
            assertThat(cluster.getProject(name).verify().findings())
                    .anySatisfy(finding -> assertThat(finding.what()).contains("password of \"" + user + "\""));
            cluster.repair();

            assertPassword(FIRST);
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    @Test
    void next_rotation_completes_with_the_password_of_the_exception() throws Exception {
        EmbeddedNode worker = embedded.workers().get(0);
        try (CitusCluster cluster = connect()) {
            PasswordRotationException failure =
                    dyingOnTheWay(worker, () -> cluster.users().rotatePassword(user));
            worker.start();

            cluster.users().rotatePassword(user, failure.password());

            assertPassword(failure.password());
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    private PasswordRotationException dyingOnTheWay(EmbeddedNode worker, Callable<?> rotating) throws Exception {
        try (Connection holding = hold(worker, "postgres", "pg_authid")) {
            assertThat(holding.isValid(1)).isTrue();
            Future<?> rotation = threads.submit(rotating);
            awaitWaiting(worker, "pg_authid");
            worker.kill();
            return failure(rotation);
        }
    }

    @Test
    void rotation_leaves_the_old_password_when_the_coordinator_dies() throws Exception {
        EmbeddedNode worker = embedded.workers().get(0);
        try (CitusCluster cluster = connect();
                Connection holding = hold(worker, "postgres", "pg_authid")) {
            Future<?> rotation = threads.submit(() -> cluster.users().rotatePassword(user, SECOND));
            awaitWaiting(worker, "pg_authid");
            embedded.coordinator().kill();
            failure(rotation);
            holding.rollback();
            embedded.coordinator().start();
        }
        try (CitusCluster cluster = connect()) {
            cluster.repair();

            assertPassword(FIRST);
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void rotation_leaves_one_password_when_the_coordinator_dies_before_authinfo_changed() throws Exception {
        EmbeddedNode worker = embedded.workers().get(0);
        try (CitusCluster cluster = connect();
                Connection holding = hold(worker, name, "pg_dist_authinfo")) {
            Future<?> rotation = threads.submit(() -> cluster.users().rotatePassword(user, SECOND));
            Await.until(() -> !nodes.ask(
                            worker,
                            name,
                            "select from pg_locks where not granted and relation = 'pg_dist_authinfo'::regclass::oid")
                    .isEmpty());
            embedded.coordinator().kill();
            failure(rotation);
            holding.rollback();
            embedded.coordinator().start();
        }
        try (CitusCluster cluster = connect()) {
            cluster.repair();

            assertPassword(FIRST);
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void rotation_restores_the_old_password_when_the_deadline_passes() throws Exception {
        EmbeddedNode worker = embedded.workers().get(1);
        try (CitusCluster cluster = CitusCluster.connect(
                        nodes.options().directWorkerConnections(false).deadline(Duration.ofSeconds(15)));
                CitusCluster patient = connect();
                Connection holding = hold(worker, name, "pg_dist_authinfo")) {
            Future<?> rotation = threads.submit(() -> cluster.users().rotatePassword(user, SECOND));
            Future<?> released = threads.submit(() -> {
                Thread.sleep(19_000);
                holding.rollback();
                return true;
            });
            PasswordRotationException failure = failure(rotation);
            released.get();

            assertThat(failure.getMessage()).contains("in force again on every node");
            assertPassword(FIRST);
            assertThat(patient.getProject(name).verify().findings()).isEmpty();
        }
    }
}

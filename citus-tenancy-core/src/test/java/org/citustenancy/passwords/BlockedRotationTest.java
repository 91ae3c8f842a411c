package org.citustenancy.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A user whose password was stolen cannot keep it from changing by what the user does in a session. The cluster is this
 * class's own: its deadlines are short, and another test's operation on many projects may last longer.
 */
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
class BlockedRotationTest {

    private static final Secret OWNED = Secret.of("owner-Password");
    private static final Secret STOLEN = Secret.of("stolen-Password");
    private static final Secret NEXT = Secret.of("next-Password");

    private final TestCluster nodes;
    private final String name = TestCluster.unique("held");
    private final String owner = name + "_o";
    private final String reader = name + "_r";
    private final ExecutorService threads = Executors.newCachedThreadPool();

    BlockedRotationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private void create(CitusCluster cluster) throws SQLException {
        Project project = cluster.project(name)
                .withUser(owner, OWNED)
                .withReadOnlyUser(reader, STOLEN)
                .create();
        nodes.ask(nodes.embedded().coordinator(), name, owner, OWNED.reveal(), "create table t (id int)");
        project.tables().distribute("t", "id", options -> options.shardCount(4));
    }

    private Connection open(EmbeddedNode node, String user, Secret password) throws SQLException {
        Connection connection = DriverManager.getConnection(node.jdbcUrl(name), user, password.reveal());
        connection.setAutoCommit(false);
        return connection;
    }

    private CitusCluster inSeconds(int seconds, boolean ending) {
        return CitusCluster.connect(
                nodes.options().deadline(Duration.ofSeconds(seconds)).endSessionsOnRotation(ending));
    }

    private void assertPassword(Secret password) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, name, reader, password.reveal(), "select count(*) from t"))
                    .containsExactly("0");
        }
        assertThat(nodes.askAll("postgres", bind("select md5(rolpassword) from pg_authid where rolname = ?", reader)))
                .hasSize(1);
    }

    @Test
    @Tag("long")
    void rotation_ends_open_transactions_of_the_user_only_shortly_before_the_deadline() throws Exception {
        try (CitusCluster cluster = inSeconds(90, true)) {
            create(cluster);
            for (EmbeddedNode node : List.of(
                    nodes.embedded().coordinator(), nodes.embedded().workers().get(1))) {
                try (CitusCluster hurried = inSeconds(30, true);
                        Connection reading = open(node, reader, STOLEN);
                        Connection altering = open(node, reader, STOLEN);
                        Connection other = open(node, owner, OWNED)) {
                    TestCluster.ask(reading, "select count(*) from t");
                    TestCluster.ask(altering, "set citus.enable_alter_role_propagation to off");
                    TestCluster.ask(altering, "alter role current_user password 'of-the-Thief'");
                    TestCluster.ask(other, "select 1");

                    hurried.users().rotatePassword(reader, NEXT);

                    for (Connection ended : List.of(reading, altering)) {
                        assertThatThrownBy(() -> TestCluster.ask(ended, "select 1"))
                                .isInstanceOf(SQLException.class);
                    }
                    assertThat(TestCluster.ask(other, "select 2")).containsExactly("2");
                }
                assertPassword(NEXT);
                cluster.users().rotatePassword(reader, STOLEN);
            }
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }

    @Test
    @Tag("long")
    void rotation_succeeds_while_the_user_reconnects_repeatedly() throws Exception {
        try (CitusCluster cluster = inSeconds(90, true)) {
            create(cluster);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger opened = new AtomicInteger();
            Future<?> attacker = threads.submit(() -> {
                while (!stop.get()) {
                    try (Connection held = open(nodes.embedded().coordinator(), reader, STOLEN);
                            Statement statement = held.createStatement()) {
                        statement.execute("select count(*) from t");
                        opened.incrementAndGet();
                        statement.execute("select pg_sleep(60)");
                    } catch (SQLException ended) {
                        assertThat(ended.getSQLState()).isNotEmpty();
                    }
                }
            });
            try (CitusCluster hurried = inSeconds(30, true)) {
                hurried.users().rotatePassword(reader, NEXT);
            } finally {
                stop.set(true);
                nodes.ask(
                        "postgres",
                        bind("select pg_terminate_backend(pid) from pg_stat_activity where usename = ?", reader));
                attacker.get();
            }
            assertThat(opened.get()).isPositive();
            assertPassword(NEXT);
        }
    }

    @Test
    void rotation_without_ending_sessions_fails_at_the_deadline_and_names_the_blocking_session() throws Exception {
        try (CitusCluster cluster = inSeconds(90, true);
                CitusCluster patient = inSeconds(5, false)) {
            create(cluster);
            EmbeddedNode worker = nodes.embedded().workers().get(0);
            try (Connection held = open(worker, reader, STOLEN)) {
                TestCluster.ask(held, "select count(*) from t");

                assertThatThrownBy(() -> patient.users().rotatePassword(reader, NEXT))
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("\"" + reader + "\"")
                        .hasMessageContaining(":" + worker.port())
                        .hasMessageContaining("nothing was changed");

                assertThat(TestCluster.ask(held, "select 1")).containsExactly("1");
            }
            assertPassword(STOLEN);
            assertThat(cluster.getProject(name).verify().findings()).isEmpty();
        }
    }
}

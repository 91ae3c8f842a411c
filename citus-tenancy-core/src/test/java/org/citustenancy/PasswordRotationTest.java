package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A password changes everywhere, and no distributed query notices. */
@Tag("asks-for-passwords")
@Tag("through-coordinator")
@RequiresCluster
class PasswordRotationTest {

    private static final int ROTATIONS = 4;

    private final TestCluster nodes;

    PasswordRotationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void distributed_queries_succeed_while_the_password_changes() throws Exception {
        String name = TestCluster.unique("rotated");
        String user = name + "_u";
        Secret first = Secret.of("first-Password");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser(user, first).create();
            nodes.ask(nodes.embedded().coordinator(), name, user, first.reveal(), "create table t (id int)");
            project.tables().distribute("t", "id", options -> options.shardCount(4));
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            AtomicInteger queries = new AtomicInteger();
            AtomicBoolean stop = new AtomicBoolean();
            ExecutorService clients = Executors.newFixedThreadPool(4);
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < 4; client++) {
                // Sessions on a worker open connections to the others as well.
                EmbeddedNode node = nodes.embedded().nodes().get(client % 2);
                running.add(clients.submit(() -> query(node, name, user, first, stop, queries, failures)));
            }

            Secret last = first;
            for (int rotation = 0; rotation < ROTATIONS; rotation++) {
                last = cluster.users().rotatePassword(user);
            }
            int during = queries.get();
            stop.set(true);
            for (Future<?> client : running) {
                client.get();
            }
            clients.shutdown();

            assertThat(failures).isEmpty();
            assertThat(during).isGreaterThan(ROTATIONS);
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThat(nodes.ask(node, name, user, last.reveal(), "select count(*) from t"))
                        .containsExactly("0");
            }
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        }
    }

    /** Without cached connections, so that each statement opens new ones to the workers. */
    private static void query(
            EmbeddedNode node,
            String database,
            String user,
            Secret password,
            AtomicBoolean stop,
            AtomicInteger queries,
            Queue<String> failures) {
        try (Connection connection = DriverManager.getConnection(node.jdbcUrl(database), user, password.reveal());
                Statement statement = connection.createStatement()) {
            statement.execute("set citus.max_cached_conns_per_worker to 0");
            while (!stop.get()) {
                try {
                    statement.execute("select count(*) from t");
                    queries.incrementAndGet();
                } catch (SQLException failure) {
                    failures.add(failure.getMessage());
                }
            }
        } catch (SQLException failure) {
            failures.add(failure.getMessage());
        }
    }

    @Test
    void rotation_changes_the_password_in_every_project_and_notifies_listeners() throws SQLException {
        String first = TestCluster.unique("rotated_shared");
        String second = TestCluster.unique("rotated_shared");
        String user = first + "_u";
        Secret old = Secret.of("old-Password");
        Secret changed = Secret.of("it's \\ a new one");
        try (CitusCluster cluster = nodes.connect()) {
            for (String name : List.of(first, second)) {
                Project project = cluster.project(name)
                        .withUser(name + "_o", old)
                        .withReadOnlyUser(user, old)
                        .create();
                nodes.ask(nodes.embedded().coordinator(), name, name + "_o", old.reveal(), "create table t (id int)");
                project.tables().distribute("t", "id", options -> options.shardCount(4));
            }
            List<String> notified = new ArrayList<>();
            cluster.onPasswordChange(
                    (who, password, projects) -> notified.add(who + " " + password.reveal() + " " + projects));

            cluster.users().rotatePassword(user, changed);

            String ofBoth = " [" + first + ", " + second + "]";
            assertThat(notified).containsExactly(user + " " + changed.reveal() + ofBoth);
            for (String name : List.of(first, second)) {
                for (EmbeddedNode node : nodes.embedded().nodes()) {
                    assertThat(nodes.ask(node, name, user, changed.reveal(), "select count(*) from t"))
                            .containsExactly("0");
                }
            }
            assertThatThrownBy(() -> cluster.users().rotatePassword(first + "_nobody"))
                    .isInstanceOf(NotFoundException.class);

            Secret requested = Secret.of("of a request");
            cluster.project(first).withUser(first + "_o", requested).create();
            cluster.project(first).withUser(first + "_o", requested).create();
            assertThat(notified)
                    .containsExactly(
                            user + " " + changed.reveal() + ofBoth,
                            first + "_o " + requested.reveal() + " [" + first + "]");
        }
    }
}

package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** A password changes, and no request notices. */
@RequiresCluster(citus = false)
class PoolPasswordRotationTest {

    private static final int CLIENTS = 4;

    private final TestCluster nodes;

    PoolPasswordRotationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void pool_follows_a_password_change_of_the_cluster_under_load() throws Exception {
        String name = TestCluster.unique("rotating");
        String user = name + "_u";
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser(user).create();
            try (ProjectPools pools = ProjectPools.builder()
                    .cluster(cluster)
                    .project(project.connection(user))
                    // So that connections are opened all the time, while the password changes too.
                    .settings(PoolSettings.guide()
                            .with()
                            .max(CLIENTS - 1)
                            .maxUses(3)
                            .build())
                    .open()) {
                Load load = new Load(pools.dataSource(name, user));
                for (int rotation = 0; rotation < 3; rotation++) {
                    load.awaitRequests(5);
                    cluster.users().rotatePassword(user);
                }
                load.awaitRequests(5);
                cluster.project(name)
                        .withUser(user, Secret.of("of-another-request"))
                        .create();
                String last = nodes.ask("postgres", "select clock_timestamp()").get(0);
                load.awaitRequests(5);
                Await.until(() -> noneIsOlder(name, last));
                load.awaitRequests(5);
                load.end();
            }
        }
    }

    @Test
    void pool_follows_a_password_change_of_a_supplier_under_load() throws Exception {
        ConnectionInfo project = QuickProjects.make(nodes, "supplied");
        AtomicReference<Secret> vault = new AtomicReference<>(QuickProjects.PASSWORD);
        try (ProjectPools pools = ProjectPools.builder()
                .project(project, vault::get)
                .settings(
                        PoolSettings.guide().with().max(CLIENTS - 1).maxUses(3).build())
                .open()) {
            Load load = new Load(pools.dataSource(project.database(), project.user()));
            load.awaitRequests(5);
            // The server is ahead of the supplier of the password.
            nodes.ask("postgres", "alter role " + project.user() + " password 'the-new-Password'");
            TimeUnit.MILLISECONDS.sleep(200);
            vault.set(Secret.of("the-new-Password"));
            load.awaitRequests(5);
            load.end();

            pools.close(project.database());
            try (Connection connection =
                    pools.dataSource(project.database(), project.user()).getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    private boolean noneIsOlder(String database, String than) throws SQLException {
        return nodes.ask(
                        "postgres",
                        TestCluster.bind(
                                "select count(*) from pg_stat_activity where application_name = ? and backend_start < ?::timestamptz",
                                database,
                                than))
                .equals(List.of("0"));
    }

    /** Clients that never pause. */
    private static final class Load {

        private final AtomicBoolean stop = new AtomicBoolean();
        private final AtomicInteger requests = new AtomicInteger();
        private final Queue<String> failures = new ConcurrentLinkedQueue<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        private final List<Future<?>> running = new ArrayList<>();

        Load(DataSource source) {
            for (int client = 0; client < CLIENTS; client++) {
                running.add(threads.submit(() -> {
                    while (!stop.get()) {
                        try (Connection connection = source.getConnection()) {
                            connection.createStatement().execute("select pg_sleep(0.001)");
                            requests.incrementAndGet();
                        } catch (SQLException failure) {
                            failures.add(failure.getMessage());
                        }
                    }
                }));
            }
        }

        void awaitRequests(int more) throws SQLException, InterruptedException {
            int enough = requests.get() + more;
            Await.until(() -> requests.get() >= enough);
        }

        void end() throws Exception {
            stop.set(true);
            for (Future<?> each : running) {
                each.get();
            }
            threads.shutdown();
            assertThat(failures).isEmpty();
        }
    }
}

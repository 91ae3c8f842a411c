package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/**
 * The maintenance daemon finishes transactions of a worker at the moment at which the worker is taken out: both delete what
 * Citus had noted of them, and the slower one gets the error that it was concurrently deleted.
 */
@Tag("once")
class WorkerRemovalDuringRecoveryTest {

    private static final String PROJECT = "recovered";

    @Test
    void remove_succeeds_while_citus_recovers_transactions_of_the_worker() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                        .workers(2)
                        .authentication(Authentication.TRUST)
                        .setting("citus.recover_2pc_interval", "1h"));
                CitusCluster cluster = new TestCluster(embedded).connect()) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode worker = embedded.workers().get(1);
            Project project = cluster.project(PROJECT)
                    .withUser(PROJECT + "_user", Secret.of("known"))
                    .create();
            nodes.ask(
                    PROJECT,
                    "insert into pg_dist_transaction (groupid, gid) select groupid, 'citus_noted' from pg_dist_node "
                            + "where nodeport = " + worker.port());

            Future<?> removing;
            try (Connection daemon = nodes.open(embedded.coordinator(), PROJECT);
                    Statement statement = daemon.createStatement()) {
                daemon.setAutoCommit(false);
                statement.execute("delete from pg_dist_transaction");
                removing = threads.submit(() ->
                        cluster.workers().remove("127.0.0.1", worker.port()).orThrow());
                Await.until(() -> removing.isDone() || isWaitedFor(nodes));
                daemon.commit();
            }

            removing.get();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(nodes.ask(PROJECT, "select count(*) from pg_dist_node where nodeport = " + worker.port()))
                    .containsExactly("0");
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isWaitedFor(TestCluster nodes) throws SQLException {
        return !nodes.ask(
                        "postgres",
                        bind(
                                "select pid from pg_stat_activity where wait_event = 'transactionid' and datname = ?",
                                PROJECT))
                .isEmpty();
    }
}

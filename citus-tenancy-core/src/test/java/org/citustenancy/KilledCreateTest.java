package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a killed process had sent to a worker goes on there, and the next process meets it. */
@Tag("asks-for-passwords")
class KilledCreateTest {

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static void assertLetsIn(TestCluster cluster, ConnectionInfo connection) throws SQLException {
        Secret password = connection.password();
        // Where nodes trust every client, a connection says nothing of the password.
        String verifier = cluster.askAll(
                        "postgres", bind("select rolpassword from pg_authid where rolname = ?", connection.user()))
                .get(0);
        assertThat(Verifier.stored(verifier).matches(password)).isTrue();
        assertThat(cluster.ask(
                        cluster.embedded().coordinator(),
                        connection.database(),
                        connection.user(),
                        password.reveal(),
                        "select success from run_command_on_workers('select 1')"))
                .containsExactly("t", "t");
    }

    /** On nodes of its own, since the lock that it holds would keep all other tests from creating roles. */
    @Test
    void create_succeeds_while_statements_of_a_killed_process_run_on_a_worker() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(TestCluster.authentication()))) {
            leaveRunning(new TestCluster(embedded), "left_running");
        }
    }

    private void leaveRunning(TestCluster own, String name) throws Exception {
        EmbeddedNode worker = own.embedded().workers().get(0);
        try (CitusCluster cluster = own.connect();
                ChildJvm child = ChildProvisioner.start(own);
                Connection holder = own.open(worker, "postgres")) {
            assertThat(child.hear()).isEqualTo("connected");
            holder.setAutoCommit(false);
            holder.createStatement().execute("lock table pg_authid in share mode");
            child.tell("create " + name + " " + name + "_user " + ChildProvisioner.GENERATE);
            Await.until(() -> waitingOnTheWorker(own, worker, name) == 1);
            child.kill();

            Future<Project> next = threads.submit(
                    () -> cluster.project(name).withUser(name + "_user").create());
            Await.until(() -> waitingOnTheWorker(own, worker, name) == 2 || waitingForALock(own, name));
            holder.rollback();

            assertLetsIn(own, next.get().connection(name + "_user"));
        }
    }

    private static int waitingOnTheWorker(TestCluster own, EmbeddedNode worker, String name) throws SQLException {
        return own.ask(
                        worker,
                        "postgres",
                        "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%create role%"
                                + name + "%'")
                .size();
    }

    private static boolean waitingForALock(TestCluster own, String name) throws SQLException {
        return !own.ask(
                        "postgres",
                        "select pid from pg_stat_activity where wait_event = 'advisory' and query like '%pg_advisory_lock%"
                                + name + "%'")
                .isEmpty();
    }
}

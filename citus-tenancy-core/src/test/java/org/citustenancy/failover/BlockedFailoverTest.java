package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.NodeChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Transactions of a project's user that block the new address of a worker; the tests run in order. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BlockedFailoverTest {

    private static final String HERE = "127.0.0.1";
    private static final String PASSWORD = "blocked-Password-1";
    private static final List<String> PROJECTS = List.of("blocked", "free");
    private static final String WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
            + "and query like '%citus_update_node%' and pid <> pg_backend_pid()";

    private static final String QUEUED = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' "
            + "and query like 'update facts%' and pid <> pg_backend_pid()";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(1)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "1h"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final CitusCluster cluster = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(30)));
    private final EmbeddedNode worker = embedded.workers().get(0);
    private final EmbeddedNode standby = embedded.addStandby(worker);

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    private void asOwner(String project, String sql) throws SQLException {
        nodes.ask(embedded.coordinator(), project, project + "_user", PASSWORD, sql);
    }

    private Connection open(String project) throws SQLException {
        Connection connection =
                DriverManager.getConnection(embedded.coordinator().jdbcUrl(project), project + "_user", PASSWORD);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update facts set value = value || 'x'");
        }
    }

    @Test
    @Order(1)
    void planned_relocation_waits_for_open_transactions() throws Exception {
        for (String name : PROJECTS) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of(PASSWORD))
                    .create();
            asOwner(name, "create table facts (id bigint primary key, value text)");
            asOwner(name, "insert into facts select i, '' from generate_series(1, 20) i");
            project.tables().distribute("facts", "id", options -> options.shardCount(4));
        }
        try (Connection writer = open("blocked")) {
            write(writer);

            CompletableFuture<NodeChange> change = CompletableFuture.supplyAsync(
                    () -> cluster.workers().relocate(HERE, worker.port(), "localhost", worker.port()));
            Await.until(() -> nodes.ask("blocked", WAITING).equals(List.of("1")));
            // Longer than the time after which a failed node's blockers are ended.
            Thread.sleep(2500);
            assertThat(change).isNotDone();
            writer.commit();

            assertThat(change.get().orThrow().changed()).isTrue();
        }
    }

    @Test
    @Order(2)
    void failover_ends_transactions_that_were_open_on_the_failed_worker() throws Exception {
        try (Connection writer = open("blocked");
                Connection next = open("blocked")) {
            write(writer);
            CompletableFuture<Void> queued = CompletableFuture.runAsync(() -> {
                try {
                    write(next);
                } catch (SQLException ended) {
                    throw new IllegalStateException(ended);
                }
            });
            Await.until(() -> nodes.ask("blocked", QUEUED).equals(List.of("1")));
            worker.kill();
            standby.promote();

            NodeChange change = cluster.workers().relocate("localhost", worker.port(), HERE, standby.port());

            assertThat(change.orThrow().changed()).isTrue();
            assertThatThrownBy(writer::commit).isInstanceOf(SQLException.class);
            assertThatThrownBy(queued::get).hasRootCauseInstanceOf(SQLException.class);
        }
        for (String project : PROJECTS) {
            try (Connection writer = open(project)) {
                write(writer);
                writer.commit();
            }
            assertThat(nodes.ask(project, "select count(*), count(distinct value) from facts"))
                    .containsExactly("20|1");
        }
    }
}

package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNode;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A cluster that grows from one worker to three and shrinks again, while a client writes into every project. */
@Tag("long")
@Tag("once")
@Order(2)
class WorkersUnderLoadTest {

    /** With {@code -Dcitustenancy.test.growing=20} it takes many minutes; then shards move while the client writes. */
    private static final int PROJECTS = Integer.getInteger("citustenancy.test.growing", 2);

    private static final Rebalancing HOW = PROJECTS < 20
            ? Rebalancing.STANDARD.by(ShardTransfer.BLOCK_WRITES)
            : Rebalancing.STANDARD.by(ShardTransfer.AUTO);

    /** admin_shutdown, insufficient_privilege, and what the driver says of a connection that is gone. */
    private static final Set<String> CLOSED = Set.of("57P01", "42501", "08003", "08006");

    private static final int SHARDS = 4;
    private static final Secret PASSWORD = Secret.of("growing");

    @Test
    void add_and_remove_keep_every_row_under_load() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(1)
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_worker_processes", "200")
                .setting("max_connections", "400")
                .setting("citus.background_task_queue_interval", "500ms"))) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode first = embedded.workers().get(0);
            try (CitusCluster cluster = nodes.connect()) {
                List<Project> projects = projects(cluster);
                try (Writer writer = new Writer(projects)) {
                    EmbeddedNode second = embedded.addNode();
                    grow(cluster, projects, second);
                    if (PROJECTS >= 20) {
                        grow(cluster, projects, embedded.addNode());
                    }

                    cluster.workers().remove("127.0.0.1", first.port(), HOW).orThrow();
                    assertThat(cluster.topology().workers())
                            .hasSize(embedded.nodes().size() - 2);
                    for (Project project : projects) {
                        assertThat(project.verify().findings()).isEmpty();
                        assertThat(shardsOn(nodes, project, first)).isZero();
                    }
                    assertThatNode(nodes, first)
                            .hasNoDatabaseStartingWith("grown")
                            .hasNoRoleStartingWith("grown");

                    writer.end();
                    assertThat(writer.failures).isEmpty();
                    assertThat(writer.written.get()).isPositive();
                    for (int index = 0; index < projects.size(); index++) {
                        assertThat(nodes.ask(projects.get(index).name(), "select count(*), sum(value) from rows"))
                                .containsExactly(writer.expected(index));
                    }
                }
            }
        }
    }

    private static void grow(CitusCluster cluster, List<Project> projects, EmbeddedNode node) throws SQLException {
        List<String> reports = new ArrayList<>();
        NodeChange change = cluster.workers()
                .add("127.0.0.1", node.port(), HOW.onProgress(progress -> reports.add(progress.toString())))
                .orThrow();

        assertThat(change.projects()).hasSameSizeAs(projects);
        assertThat(reports).anyMatch(line -> line.contains("moves of shards"));
        assertThat(cluster.workers().add("127.0.0.1", node.port()).orThrow().changed())
                .isFalse();
        assertThat(cluster.workers().list()).allSatisfy(worker -> assertThat(worker.answers() && worker.active())
                .isTrue());
        for (Project project : projects) {
            assertThat(project.verify().findings()).isEmpty();
        }
    }

    private static List<Project> projects(CitusCluster cluster) {
        List<ProjectRequest> requests = IntStream.range(0, PROJECTS)
                .mapToObj(index -> cluster.project("grown_" + index)
                        .withUser("grown_user_" + index, PASSWORD)
                        .withReadOnlyUser("grown_reader_" + index, PASSWORD))
                .toList();
        List<Project> projects =
                cluster.create(requests).stream().map(ProjectOutcome::orThrow).toList();
        for (Project project : projects) {
            execute(project, "create table rows (id bigint primary key, value bigint)");
            execute(project, "create table named (id bigint primary key, name text)");
            execute(project, "insert into named values (1, 'one'), (2, 'two')");
            project.tables().distribute("rows", "id", options -> options.shardCount(SHARDS));
            project.tables().reference("named");
        }
        return projects;
    }

    private static void execute(Project project, String sql) {
        try (Connection connection = open(project)) {
            connection.createStatement().execute(sql);
        } catch (SQLException failure) {
            throw new AssertionError(sql, failure);
        }
    }

    private static Connection open(Project project) throws SQLException {
        ConnectionInfo connection = project.connection(project.users().get(0));
        return DriverManager.getConnection(connection.jdbcUrl(), connection.user(), PASSWORD.reveal());
    }

    private static int shardsOn(TestCluster nodes, Project project, EmbeddedNode node) throws SQLException {
        return Integer.parseInt(nodes.ask(
                        project.name(),
                        "select count(*) from pg_dist_placement join pg_dist_node using (groupid) where nodeport = "
                                + node.port())
                .get(0));
    }

    /** Writes one row after another into every project in turn, as its owner. */
    private static final class Writer implements AutoCloseable {

        private final List<Project> projects;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicInteger written = new AtomicInteger();
        private final List<AtomicInteger> rows;
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final Thread thread = new Thread(this::write, "writer");

        Writer(List<Project> projects) {
            this.projects = projects;
            this.rows = projects.stream().map(project -> new AtomicInteger()).toList();
            thread.start();
        }

        private void write() {
            List<Connection> connections = new ArrayList<>();
            try {
                for (Project project : projects) {
                    connections.add(open(project));
                }
                while (!ended.get()) {
                    for (int index = 0; index < projects.size(); index++) {
                        insert(connections, index, rows.get(index).get() + 1);
                        rows.get(index).incrementAndGet();
                        written.incrementAndGet();
                        Thread.sleep(20);
                    }
                }
            } catch (SQLException | InterruptedException failure) {
                failures.add(failure.toString());
            } finally {
                connections.forEach(Writer::close);
            }
        }

        /** While a worker gets the reference tables of a project, the project is closed to its users. */
        private void insert(List<Connection> connections, int index, int id) throws SQLException, InterruptedException {
            while (true) {
                try {
                    insert(connections.get(index), id);
                    return;
                } catch (SQLException failure) {
                    if ("23505".equals(failure.getSQLState())) {
                        return;
                    }
                    if (!CLOSED.contains(String.valueOf(failure.getSQLState()))) {
                        throw failure;
                    }
                    Thread.sleep(20);
                    reopen(connections, index);
                }
            }
        }

        private void reopen(List<Connection> connections, int index) throws SQLException {
            try {
                Connection again = open(projects.get(index));
                connections.set(index, again).close();
            } catch (SQLException failure) {
                if (!CLOSED.contains(String.valueOf(failure.getSQLState()))) {
                    throw failure;
                }
            }
        }

        private static void insert(Connection connection, int id) throws SQLException {
            try (PreparedStatement insert = connection.prepareStatement("insert into rows values (?, ?)")) {
                insert.setLong(1, id);
                insert.setLong(2, 3L * id);
                insert.executeUpdate();
            }
        }

        private static void close(Connection connection) {
            try {
                connection.close();
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
        }

        String expected(int index) {
            long count = rows.get(index).get();
            return count + "|" + 3 * count * (count + 1) / 2;
        }

        void end() throws InterruptedException {
            ended.set(true);
            thread.join();
        }

        @Override
        public void close() throws InterruptedException {
            end();
        }
    }
}

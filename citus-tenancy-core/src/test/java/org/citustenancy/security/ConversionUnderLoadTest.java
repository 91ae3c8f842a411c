package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A project of an earlier version is converted while its owner writes and reads without a pause. */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
class ConversionUnderLoadTest {

    private static final Logger LOG = LoggerFactory.getLogger(ConversionUnderLoadTest.class);
    private static final String PASSWORD = "of the owner";
    private static final String NAME = "loaded";
    private static final int WRITERS = 3;
    private static final int ROWS_AT_ONCE = 4;

    /** Connection lost or refused, session ended, serialization failure, deadlock, lock not available. */
    private static final List<String> RETRYABLE = List.of("08", "57P0", "40001", "40P01", "55P03");

    private final TestCluster nodes;
    private final Set<Long> committed = new ConcurrentSkipListSet<>();
    private final Set<Long> unsure = new ConcurrentSkipListSet<>();
    private final Set<String> wrong = new ConcurrentSkipListSet<>();
    private final List<AtomicLong> written = new ArrayList<>();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicBoolean over = new AtomicBoolean();

    ConversionUnderLoadTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void conversion_keeps_every_committed_row() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(NAME).withUser(NAME + "_o", Secret.of(PASSWORD)).create();
            try (Connection owner = open()) {
                TestCluster.ask(owner, "create table load (id bigint primary key, writer int)");
                TestCluster.ask(owner, "select create_distributed_table('load', 'id', shard_count => 4)");
            }
        }
        makeEarlier();
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (CitusCluster cluster = nodes.connect()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                written.add(new AtomicLong());
                int writer = number;
                writers.add(threads.submit(() -> write(writer)));
            }
            awaitMoreRows();
            Project project = cluster.getProject(NAME);
            assertThat(project.planRepair().steps()).isNotEmpty();
            longest.set(0);
            long begin = System.nanoTime();

            project.repair();

            long took = System.nanoTime() - begin;
            long waited = longest.get();
            awaitMoreRows();
            over.set(true);
            for (Future<?> writer : writers) {
                writer.get(2, TimeUnit.MINUTES);
            }
            LOG.info(
                    "Converted within {} ms under load; a writer waited {} ms at most; {} rows, {} of statements that failed",
                    Duration.ofNanos(took).toMillis(),
                    Duration.ofNanos(waited).toMillis(),
                    committed.size(),
                    unsure.size());

            assertThat(wrong).as("what is no error to be retried").isEmpty();
            Set<Long> there = new ConcurrentSkipListSet<>();
            try (Connection owner = open()) {
                TestCluster.ask(owner, "select id from load").forEach(id -> there.add(Long.valueOf(id)));
            }
            assertThat(there).containsAll(committed);
            there.removeAll(committed);
            assertThat(unsure).containsAll(there);
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(project.planRepair().steps()).isEmpty();
            assertThatNodes(nodes).hasDatabaseOwner(NAME, "citus_tenancy_owner");
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** As the version before left it: no role of the library, and a registry that knows no former passwords. */
    private void makeEarlier() throws SQLException {
        nodes.ask(
                "postgres",
                "drop table citus_tenancy.former_password, citus_tenancy.password_change, citus_tenancy.server, "
                        + "citus_tenancy.service, citus_tenancy.leaving_worker, citus_tenancy.verification, "
                        + "citus_tenancy.notice, citus_tenancy.contents, citus_tenancy.distribution_rule");
        nodes.ask("postgres", "update citus_tenancy.registry_version set version = 3");
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "alter database " + NAME + " owner to " + NAME + "_o");
            nodes.ask(node, "postgres", "alter role current_user in database " + NAME + " reset all");
            try (Connection admin = nodes.open(node, "postgres")) {
                TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
                TestCluster.ask(admin, "drop role citus_tenancy_owner");
            }
        }
    }

    private void awaitMoreRows() throws SQLException, InterruptedException {
        List<Long> before = written.stream().map(AtomicLong::get).toList();
        Await.until(() -> {
            for (int writer = 0; writer < WRITERS; writer++) {
                if (written.get(writer).get() < before.get(writer) + 5) {
                    return false;
                }
            }
            return true;
        });
    }

    /** Statement by statement, over a new connection after each failure, as a pool does it. */
    private void write(int writer) {
        long next = writer;
        long last = System.nanoTime();
        while (!over.get()) {
            try (Connection owner = open()) {
                while (!over.get()) {
                    List<Long> ids = new ArrayList<>();
                    for (int row = 0; row < ROWS_AT_ONCE; row++) {
                        ids.add(next);
                        next += WRITERS;
                    }
                    unsure.addAll(ids);
                    TestCluster.ask(
                            owner,
                            "insert into load select id, " + writer + " from unnest(array" + ids + "::bigint[]) id");
                    committed.addAll(ids);
                    unsure.removeAll(ids);
                    read(owner, ids);
                    long now = System.nanoTime();
                    longest.accumulateAndGet(now - last, Math::max);
                    last = now;
                    written.get(writer).incrementAndGet();
                }
            } catch (SQLException failure) {
                if (RETRYABLE.stream().noneMatch(String.valueOf(failure.getSQLState())::startsWith)) {
                    wrong.add(failure.getSQLState() + " " + failure.getMessage());
                }
            }
        }
    }

    private void read(Connection owner, List<Long> ids) throws SQLException {
        List<String> found = TestCluster.ask(owner, "select id from load where id = any (array" + ids + "::bigint[])");
        if (found.size() != ids.size()) {
            wrong.add("read " + found + " of " + ids);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(nodes.embedded().coordinator().jdbcUrl(NAME), NAME + "_o", PASSWORD);
    }
}

package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Money moves between accounts on different nodes while backups are made. The system property
 * {@code citustenancy.test.backups} says how many backups, three if nothing is said.
 */
@Tag("long")
@Tag("once")
@RequiresCluster
class BackupConsistencyTest {

    private static final Logger LOG = LoggerFactory.getLogger(BackupConsistencyTest.class);
    private static final int BACKUPS = Integer.getInteger("citustenancy.test.backups", 3);
    private static final int CLIENTS = 8;
    private static final int ACCOUNTS = 200;
    private static final int MANY = 20;
    private static final long LONGEST_WAIT_MILLIS = 1000;

    @TempDir
    private Path directory;

    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();

    @Test
    void backups_are_consistent_while_clients_write(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("bank");
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (CitusCluster cluster = nodes.connect()) {
            Project bank = cluster.project(name).withUser(name + "_user").create();
            nodes.ask(name, "create table account (id int primary key, balance bigint not null)");
            bank.tables().distribute("account", "id");
            nodes.ask(name, "insert into account select i, 1000 from generate_series(1, " + ACCOUNTS + ") i");
            List<Future<?>> running = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                // Some write through a worker, which knows the tables too.
                EmbeddedNode door = client % 4 == 3
                        ? nodes.embedded().workers().get(0)
                        : nodes.embedded().coordinator();
                int seed = client;
                running.add(clients.submit(() -> {
                    transfer(nodes, door, name, new Random(seed));
                    return null;
                }));
            }
            // What a transfer takes by itself on a busy machine is not the backup's doing.
            TimeUnit.SECONDS.sleep(3);
            long usualMillis = longestNanos.getAndSet(0) / 1_000_000;
            long before = transfers.get();
            long begun = System.nanoTime();
            List<Backup> backups = new ArrayList<>();
            for (int number = 0; number < BACKUPS; number++) {
                backups.add(bank.backup(directory.resolve("backup" + number)));
            }
            long longestMillis = longestNanos.get() / 1_000_000;
            long during = transfers.get() - before;
            double seconds = (System.nanoTime() - begun) / 1e9;
            ended.set(true);
            for (Future<?> client : running) {
                client.get();
            }
            LOG.info(
                    "{} backups in {} s, during which {} transfers were made, {} per second, and {} without backups; "
                            + "the longest transfer took {} ms, without backups {} ms; fences were held for {} ms",
                    BACKUPS,
                    Math.round(seconds),
                    during,
                    Math.round(during / seconds),
                    before / 3,
                    longestMillis,
                    usualMillis,
                    backups.stream()
                            .map(backup -> backup.heldFence().toMillis())
                            .toList());
            for (Backup backup : backups) {
                String copy = TestCluster.unique(name + "_copy");
                cluster.backups().restore(backup.directory()).as(copy).create();
                assertThat(nodes.ask(copy, "select count(*), sum(balance) from account"))
                        .containsExactly(ACCOUNTS + "|" + ACCOUNTS * 1000);
                cluster.getProject(copy).drop();
            }
            if (BACKUPS >= MANY) {
                // Only where it is asked for: how long it takes depends on what else the machine does.
                assertThat(longestMillis - usualMillis).isLessThanOrEqualTo(LONGEST_WAIT_MILLIS);
            }
        } finally {
            ended.set(true);
            clients.shutdownNow();
        }
    }

    /** Locks in the order of the accounts, so that no two transfers wait for each other. */
    private void transfer(TestCluster nodes, EmbeddedNode door, String database, Random random) throws SQLException {
        try (Connection connection = nodes.open(door, database);
                PreparedStatement move =
                        connection.prepareStatement("update account set balance = balance + ? where id = ?")) {
            connection.setAutoCommit(false);
            while (!ended.get()) {
                int first = 1 + random.nextInt(ACCOUNTS - 1);
                int second = first + 1 + random.nextInt(ACCOUNTS - first);
                int amount = random.nextInt(100);
                long begun = System.nanoTime();
                move(move, -amount, first);
                move(move, amount, second);
                connection.commit();
                longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                transfers.incrementAndGet();
            }
        }
    }

    private static void move(PreparedStatement move, long amount, int account) throws SQLException {
        move.setLong(1, amount);
        move.setInt(2, account);
        move.executeUpdate();
    }
}

package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clients that insert one number into several shards in each transaction, and keep the acknowledged numbers, to find lost
 * or partial transactions.
 */
final class WriteLoad implements AutoCloseable {

    /** The table that they write to, distributed by {@code account}. */
    static final String TABLE = "create table ledger (account int, number bigint, primary key (account, number))";

    private static final Logger LOG = LoggerFactory.getLogger(WriteLoad.class);
    private static final int ACCOUNTS = 64;
    private static final int ROWS = 3;

    private final String url;
    private final String user;
    private final String password;
    private final AtomicLong transactions = new AtomicLong();
    private final Set<Long> committed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final ExecutorService threads;

    private WriteLoad(String url, String user, String password, int writers) {
        this.url = url;
        this.user = user;
        this.password = password;
        this.threads = Executors.newFixedThreadPool(writers);
    }

    static WriteLoad start(String url, String user, String password, int writers) {
        WriteLoad load = new WriteLoad(url, user, password, writers);
        for (int writer = 0; writer < writers; writer++) {
            load.threads.execute(load::write);
        }
        return load;
    }

    private void write() {
        while (writing.get()) {
            try (Connection connection = DriverManager.getConnection(url, user, password)) {
                connection.setAutoCommit(false);
                while (writing.get()) {
                    write(connection);
                }
            } catch (SQLException lost) {
                LOG.debug("A writer begins with a new session", lost);
            }
        }
    }

    private void write(Connection connection) throws SQLException {
        long number = transactions.incrementAndGet();
        int account = ThreadLocalRandom.current().nextInt(ACCOUNTS);
        for (int row = 0; row < ROWS; row++) {
            int other = (account + row) % ACCOUNTS;
            TestCluster.ask(connection, "insert into ledger values (" + other + ", " + number + ")");
        }
        connection.commit();
        committed.add(number);
    }

    /** How many transactions were acknowledged. */
    int committed() {
        return committed.size();
    }

    /** Waits until some more transactions are acknowledged. */
    void awaitProgress() throws SQLException, InterruptedException {
        int before = committed.size();
        Await.until(() -> committed.size() > before + 20);
    }

    /** Ends the writers. */
    void stop() throws InterruptedException {
        writing.set(false);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /**
     * Each acknowledged transaction is there as a whole, and each other one as a whole or not at all.
     *
     * @param rows {@code number|count} of each transaction in the table
     */
    void assertComplete(List<String> rows) {
        Map<Long, Integer> there = new HashMap<>();
        for (String row : rows) {
            String[] columns = row.split("\\|", -1);
            there.put(Long.valueOf(columns[0]), Integer.valueOf(columns[1]));
        }
        Set<Long> lost = new HashSet<>(committed);
        lost.removeAll(there.keySet());
        assertThat(lost).as("acknowledged transactions that are not there").isEmpty();
        there.values().removeIf(number -> number == ROWS);
        assertThat(there).as("transactions of which a part is there").isEmpty();
    }

    @Override
    public void close() {
        writing.set(false);
        threads.shutdownNow();
    }
}

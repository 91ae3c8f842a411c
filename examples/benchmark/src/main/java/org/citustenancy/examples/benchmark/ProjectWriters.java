package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.citustenancy.Project;

/** One client per project, which writes to each worker again and again, and connects again after an error. */
final class ProjectWriters implements AutoCloseable {

    private static final long PAUSE_MILLIS = 500;

    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private final List<Thread> threads;
    private volatile boolean closed;

    /**
     * Starts the clients.
     *
     * @param hosts the hosts of the coordinator, as a URL contains them
     */
    ProjectWriters(String hosts, List<Project> projects) {
        this.threads = projects.stream()
                .map(project -> new Thread(() -> write(hosts, project), "writer-" + project.name()))
                .toList();
        threads.forEach(Thread::start);
    }

    private void write(String hosts, Project project) {
        String url = "jdbc:postgresql://" + hosts + "/" + project.name() + "?targetServerType=primary&connectTimeout=2";
        while (!closed) {
            try (Connection connection =
                            DriverManager.getConnection(url, project.users().get(0), "measured");
                    PreparedStatement update =
                            connection.prepareStatement("update facts set value = 'written' where id = ?")) {
                List<Long> rows = rowsOfEachWorker(connection);
                while (!closed) {
                    long begun = System.nanoTime();
                    for (long row : rows) {
                        update.setLong(1, row);
                        update.execute();
                    }
                    written.put(project.name(), begun);
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                }
            } catch (SQLException failed) {
                pause();
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    private static List<Long> rowsOfEachWorker(Connection connection) throws SQLException {
        List<Long> rows = new ArrayList<>();
        try (ResultSet results = connection
                .createStatement()
                .executeQuery("select min(i) from generate_series(1, 100) i join citus_shards "
                        + "on shardid = get_shard_id_for_distribution_column('facts', i) group by nodeport")) {
            while (results.next()) {
                rows.add(results.getLong(1));
            }
        }
        return rows;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until every client has completed a statement that it began after the given time. */
    void awaitWritesSince(long nanos) throws InterruptedException {
        while (written.size() < threads.size() || written.values().stream().anyMatch(begun -> begun - nanos < 0)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Waits as {@link #awaitWritesSince} does, and returns how long that took since the given time, in seconds. */
    double written(long nanos) {
        try {
            awaitWritesSince(nanos);
            return (System.nanoTime() - nanos) / 1e9;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients write", ended);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}

package org.citustenancy.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.sql.SessionStatements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections to maintenance databases open between an operation and the next one that follows at once. Opening a
 * connection costs a server more than most queries on it. A connection that is idle for a short time is closed.
 */
final class IdleConnections implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IdleConnections.class);
    private static final Duration KEPT = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 2_000;

    /**
     * The time after use in which a connection counts as valid. Its server may end as well as that of a connection in
     * use.
     */
    private static final Duration UNDOUBTED = Duration.ofMillis(100);

    private final ExecutorService threads;
    private final int most;
    private final Map<String, Deque<Idle>> idle = new HashMap<>();
    private boolean closed;

    private record Idle(Connection connection, long sinceNanos) {

        long age() {
            return System.nanoTime() - sinceNanos;
        }
    }

    /**
     * Creates an empty set of connections.
     *
     * @param threads closes the connections
     * @param most how many connections are kept for one server
     */
    IdleConnections(ExecutorService threads, int most) {
        this.threads = threads;
        this.most = most;
    }

    /** Returns an open connection, if there is one. */
    Optional<Connection> take(String server) {
        while (true) {
            Idle candidate;
            synchronized (idle) {
                if (closed) {
                    throw new InvalidRequestException(Failure.of("This connection to the cluster was closed")
                            .state("nothing was changed")
                            .fix("connect again, and close that when it is not needed any more"));
                }
                Deque<Idle> there = idle.get(server);
                if (there == null || there.isEmpty()) {
                    return Optional.empty();
                }
                candidate = there.removeLast();
            }
            if (candidate.age() < UNDOUBTED.toNanos() || isAlive(candidate.connection())) {
                return Optional.of(candidate.connection());
            }
            end(candidate.connection());
        }
    }

    /** Keeps a connection for a short time, without its settings and locks. */
    void give(String server, Connection connection) {
        if (forgetsEverything(connection)) {
            synchronized (idle) {
                Deque<Idle> there = idle.computeIfAbsent(server, first -> new ArrayDeque<>());
                if (!closed && there.size() < most) {
                    there.addLast(new Idle(connection, System.nanoTime()));
                    CompletableFuture.delayedExecutor(KEPT.toMillis() + 1, TimeUnit.MILLISECONDS, threads)
                            .execute(this::endOld);
                    return;
                }
            }
        }
        end(connection);
    }

    private static boolean isAlive(Connection connection) {
        try {
            return connection.isValid(PATIENCE_MILLIS / 1_000);
        } catch (SQLException failure) {
            LOG.debug("An idle connection is gone", failure);
            return false;
        }
    }

    private boolean forgetsEverything(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(threads, PATIENCE_MILLIS);
            statement.execute(SessionStatements.forgetting());
            connection.setNetworkTimeout(threads, 0);
            return true;
        } catch (SQLException failure) {
            LOG.debug("A connection cannot be used again", failure);
            return false;
        }
    }

    private void endOld() {
        List<Connection> old = new ArrayList<>();
        synchronized (idle) {
            for (Deque<Idle> there : idle.values()) {
                while (!there.isEmpty() && there.getFirst().age() >= KEPT.toNanos()) {
                    old.add(there.removeFirst().connection());
                }
            }
        }
        old.forEach(IdleConnections::end);
    }

    /** Closes a connection. */
    static void end(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.debug("The connection was gone already", failure);
        }
    }

    /** Closes all connections, and those that are returned later. */
    @Override
    public void close() {
        List<Connection> all = new ArrayList<>();
        synchronized (idle) {
            closed = true;
            idle.values().forEach(there -> there.forEach(each -> all.add(each.connection())));
            idle.clear();
        }
        all.forEach(IdleConnections::end);
    }
}

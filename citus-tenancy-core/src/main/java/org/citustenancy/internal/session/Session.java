package org.citustenancy.internal.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.sql.Sql;
import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a database on the coordinator, or on another node where that can be reached from here, for one
 * operation.
 *
 * <p>JDBC calls do not react to interrupts, so they run on a thread of their own; the calling thread waits for them,
 * and cancels the statement on the server when it is interrupted or the deadline passes. Not for use by several threads
 * at a time.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final long CANCEL_GRACE_SECONDS = 5;
    private static final int COPY_BUFFER = 1 << 16;

    private final Connection connection;
    private final DSLContext jooq;
    private final ExecutorService threads;
    private final Deadline deadline;
    private final Place place;

    Session(Connection connection, DSLContext jooq, ExecutorService threads, Deadline deadline, Place place) {
        this.connection = connection;
        this.jooq = jooq;
        this.threads = threads;
        this.deadline = deadline;
        this.place = place;
    }

    /**
     * Where this session is.
     *
     * @return the node and database, for messages
     */
    public Place place() {
        return place;
    }

    /**
     * Reads rows.
     *
     * @param query what to read
     * @param <R> the kind of row
     * @return the rows
     */
    public <R extends Record> Result<R> fetch(ResultQuery<R> query) {
        return waitFor(() -> jooq.fetch(query));
    }

    /**
     * Runs a statement in a transaction of its own, or in none if it is one that PostgreSQL allows in none.
     *
     * @param query what to run
     */
    public void execute(Query query) {
        waitFor(() -> jooq.execute(query));
    }

    /**
     * Runs several calls in one transaction, which is rolled back if one of them fails.
     *
     * @param work the calls
     * @param <T> what they give
     * @return the same
     */
    public <T> T inTransaction(Supplier<T> work) {
        waitFor(() -> {
            connection.setAutoCommit(false);
            return true;
        });
        boolean committed = false;
        try {
            T result = work.get();
            waitFor(() -> {
                connection.commit();
                return true;
            });
            committed = true;
            return result;
        } finally {
            endTransaction(committed);
        }
    }

    /** Opens a transaction that lasts until the session is closed, and is rolled back then. */
    public void begin() {
        waitFor(() -> {
            connection.setAutoCommit(false);
            return true;
        });
    }

    /**
     * Runs a {@code COPY ... TO STDOUT}.
     *
     * @param copy the statement
     * @param target where the rows go, in the format that the statement says; stays open
     * @return how many rows
     * @throws UncheckedIOException if they cannot be written there
     */
    public long copyOut(Query copy, OutputStream target) {
        return waitFor(() -> copying().copyOut(Sql.text(copy), target));
    }

    /**
     * Runs a {@code COPY ... FROM STDIN}.
     *
     * @param copy the statement
     * @param source where the rows come from
     * @return how many rows
     * @throws UncheckedIOException if they cannot be read there; no row has arrived then
     */
    public long copyIn(Query copy, InputStream source) {
        return waitFor(() -> copying().copyIn(Sql.text(copy), source, COPY_BUFFER));
    }

    private CopyManager copying() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    private void endTransaction(boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException failure) {
            LOG.debug("A transaction could not be ended; closing its connection", failure);
            close();
        }
    }

    private <T> T waitFor(Callable<T> call) {
        long remaining = deadline.remainingNanos();
        if (remaining <= 0) {
            throw deadline.exceeded(place);
        }
        Future<T> future = threads.submit(call);
        try {
            return future.get(remaining, TimeUnit.NANOSECONDS);
        } catch (TimeoutException passed) {
            cancel(future);
            throw deadline.exceeded(place);
        } catch (InterruptedException interrupted) {
            cancel(future);
            Thread.currentThread().interrupt();
            throw SqlFailures.interrupted(interrupted, place);
        } catch (ExecutionException failed) {
            throw translated(failed.getCause());
        }
    }

    private RuntimeException translated(@Nullable Throwable cause) {
        if (cause instanceof DataAccessException failure) {
            return SqlFailures.translate(failure, place);
        }
        if (cause instanceof SQLException failure) {
            return SqlFailures.translate(failure, place);
        }
        if (cause instanceof IOException failure) {
            return new UncheckedIOException(failure);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }

    /** Ends the statement on the server, and the connection with it where the server does not answer. */
    private void cancel(Future<?> running) {
        try {
            connection.unwrap(PGConnection.class).cancelQuery();
            awaitEnd(running);
        } catch (SQLException | TimeoutException failure) {
            LOG.warn("A statement could not be cancelled {}; its connection is cut", place, failure);
            abort();
        }
    }

    private static void awaitEnd(Future<?> running) throws TimeoutException {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CANCEL_GRACE_SECONDS);
        try {
            while (true) {
                try {
                    running.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    return;
                } catch (InterruptedException again) {
                    interrupted = true;
                } catch (ExecutionException | CancellationException ended) {
                    LOG.debug("The statement has ended", ended);
                    return;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException failure) {
            LOG.debug("The connection was gone already", failure);
        }
    }

    /** Ends the session, and with it every lock and transaction that it holds. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException failure) {
            LOG.debug("The connection was gone already", failure);
        }
    }
}

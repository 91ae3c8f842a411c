package org.citustenancy.internal.session;

import java.io.IOException;
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
import org.citustenancy.errors.Place;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the calls of one connection. JDBC does not react to interrupts, so the calls run on a thread of their own. The
 * calling thread waits for them, and cancels the statement on the server when it is interrupted or the deadline passes.
 */
final class CancellableCalls {

    private static final Logger LOG = LoggerFactory.getLogger(CancellableCalls.class);
    private static final long CANCEL_GRACE_SECONDS = 5;

    private final Connection connection;
    private final ExecutorService threads;
    private final Deadline deadline;
    private final Place place;
    private boolean broken;

    CancellableCalls(Connection connection, ExecutorService threads, Deadline deadline, Place place) {
        this.connection = connection;
        this.threads = threads;
        this.deadline = deadline;
        this.place = place;
    }

    /** Checks whether a call has failed or was stopped, after which the connection must not be used again. */
    boolean isBroken() {
        return broken;
    }

    /** Marks the connection as unusable. */
    void markBroken() {
        broken = true;
    }

    /** A call that is running. */
    final class Running<T> {

        private final Future<T> future;

        private Running(Future<T> future) {
            this.future = future;
        }

        /** Waits until the call ends, the deadline passes or the thread is interrupted. */
        T await() {
            try {
                return future.get(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException passed) {
                stop();
                throw deadline.exceeded(place);
            } catch (InterruptedException interrupted) {
                stop();
                Thread.currentThread().interrupt();
                throw SqlFailures.interrupted(interrupted, place);
            } catch (ExecutionException failed) {
                broken = true;
                throw translated(failed.getCause());
            }
        }

        private void stop() {
            broken = true;
            cancel(future);
        }

        /** Stops the call, if it has not ended. */
        void end() {
            if (!future.isDone()) {
                stop();
            }
        }
    }

    /** Starts a call, unless the deadline has passed. */
    <T> Running<T> start(Callable<T> call) {
        if (deadline.remainingNanos() <= 0) {
            throw deadline.exceeded(place);
        }
        return new Running<>(threads.submit(call));
    }

    /** Starts a call and waits until it ends. */
    <T> T waitFor(Callable<T> call) {
        return start(call).await();
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

    /** Cancels the statement on the server, and closes the connection if the server does not answer. */
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
}

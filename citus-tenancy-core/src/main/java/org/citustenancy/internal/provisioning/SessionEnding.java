package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RotationQueries;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of a user on every node repeatedly, starting when a quarter of an operation's time is left (15 s at
 * least, half of it at most) and until this is closed. Otherwise, an open transaction could prevent the change of a
 * stolen password.
 */
final class SessionEnding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionEnding.class);
    private static final int LAST_PART = 4;
    private static final Duration LAST_AT_LEAST = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final int SECONDS_TO_END = 10;

    private final Cluster cluster;
    private final Topology topology;
    private final String user;
    private final Deadline deadline;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Future<?> watching;

    private SessionEnding(Cluster cluster, Topology topology, String user, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.user = user;
        this.deadline = deadline;
        this.watching = cluster.threads().submit(this::watch);
    }

    /** Starts to wait until the deadline is near. */
    static SessionEnding nearDeadline(Cluster cluster, Topology topology, String user, Deadline deadline) {
        return new SessionEnding(cluster, topology, user, deadline);
    }

    private void watch() {
        begun.set(true);
        if (!cluster.endSessionsOnRotation()) {
            ended.countDown();
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(
                    deadline.remainingNanos() - last(cluster.allowed()).toNanos());
            LOG.info("Ending the sessions of \"{}\", whose password is being changed", user);
            while (true) {
                endSessions();
                TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
            }
        } catch (InterruptedException | OperationInterruptedException notNeeded) {
            LOG.trace("No session has to be ended any more", notNeeded);
        } finally {
            ended.countDown();
        }
    }

    /**
     * Returns the length of the last part of the time. The change itself takes time, too, so half of a short deadline
     * is left for it.
     */
    private static Duration last(Duration allowed) {
        Duration part = allowed.dividedBy(LAST_PART);
        Duration longer = part.compareTo(LAST_AT_LEAST) < 0 ? LAST_AT_LEAST : part;
        Duration half = allowed.dividedBy(2);
        return longer.compareTo(half) < 0 ? longer : half;
    }

    private void endSessions() {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Question<List<Integer>> question =
                    Question.list(RotationQueries.endSessions(user), row -> row.number(RotationQueries.NUMBER));
            LOG.trace("On the coordinator: {}", BatchQueryExecutor.askCoordinator(maintenance, question));
            BatchQueryExecutor.tryWorkers(maintenance, topology.workers(), question)
                    .forEach((worker, reply) -> LOG.trace("On {}: {}", worker, reply.raw()));
        } catch (OperationInterruptedException notNeeded) {
            throw notNeeded;
        } catch (CitusTenancyException failure) {
            // The change itself meets the same failure and reports it.
            LOG.debug("The sessions of {} could not be ended", user, failure);
        }
    }

    /** Stops the ending of sessions. The change is done, so the user's sessions may stay. */
    void notNeededAnyMore() {
        close();
    }

    @Override
    public void close() {
        watching.cancel(true);
        boolean interrupted = false;
        try {
            if (begun.get() && !ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.debug("The search for sessions of {} has not ended", user);
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.citustenancy.internal.workers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.concurrent.PeriodicTask;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.BlockerQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the sessions of users that block the change of a failed node's address, until this is closed. A transaction that
 * wrote to the node holds locks that the change needs, can no longer commit there, and would delay the change for as
 * long as its client keeps it open.
 */
final class BlockerEnding implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BlockerEnding.class);

    /** A transaction that blocks the change for a shorter time is left alone. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final Cluster cluster;
    private final String database;
    private final int waiting;
    private final Deadline deadline;
    private final PeriodicTask task;

    /** The transactions that blocked the change in the last look, with the times at which they were seen first. */
    private Map<Transaction, Long> blocking = Map.of();

    private BlockerEnding(Cluster cluster, Session session, String database) {
        this.cluster = cluster;
        this.database = database;
        this.waiting = session.fetch(BlockerQueries.ownProcess()).get(0).get(BlockerQueries.PROCESS);
        this.deadline = cluster.deadline();
        this.task = PeriodicTask.start("citus-tenancy-blockers-" + database, this::next);
    }

    /**
     * Starts to look for sessions that block another one.
     *
     * @param session the session that may have to wait, in the given database
     */
    static BlockerEnding whileWaiting(Cluster cluster, Session session, String database) {
        return new BlockerEnding(cluster, session, database);
    }

    private record Transaction(int process, String start, String role) {}

    private Duration next() {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Map<Transaction, Long> now = new HashMap<>();
            maintenance.fetch(BlockerQueries.usersThatBlock(waiting)).forEach(row -> {
                Transaction transaction = new Transaction(
                        row.get(BlockerQueries.PROCESS), row.get(BlockerQueries.START), row.get(BlockerQueries.ROLE));
                now.put(transaction, blocking.getOrDefault(transaction, System.nanoTime()));
            });
            blocking = now;
            now.forEach((transaction, since) -> {
                if (System.nanoTime() - since >= GRACE.toNanos()) {
                    end(maintenance, transaction);
                }
            });
        } catch (OperationInterruptedException closed) {
            LOG.trace("No session of {} has to be ended any more", database, closed);
        } catch (CitusTenancyException failure) {
            // The change itself meets the same failure and reports it.
            LOG.debug("Sessions of {} that block a change could not be ended", database, failure);
        }
        return BETWEEN;
    }

    private void end(Session maintenance, Transaction transaction) {
        if (!maintenance
                .fetch(BlockerQueries.end(transaction.process(), transaction.start()))
                .isEmpty()) {
            LOG.warn(
                    "Ended session {} of user \"{}\" in database \"{}\": its transaction blocked the new address of a failed node",
                    transaction.process(),
                    transaction.role(),
                    database);
        }
    }

    @Override
    public void close() {
        task.close();
    }
}

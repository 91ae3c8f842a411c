package org.citustenancy.internal.workers;

import java.time.Duration;
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

    /** Statements in flight fail within this time by themselves. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final Cluster cluster;
    private final String database;
    private final int waiting;
    private final Deadline deadline;
    private final PeriodicTask task;
    private boolean begun;

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

    private Duration next() {
        if (!begun) {
            begun = true;
            return GRACE;
        }
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            maintenance
                    .fetch(BlockerQueries.endUsersThatBlock(waiting))
                    .forEach(ended -> LOG.warn(
                            "Ended session {} of user \"{}\" in database \"{}\": its transaction blocked the new address of a failed node",
                            ended.get(BlockerQueries.PROCESS),
                            ended.get(BlockerQueries.ROLE),
                            database));
        } catch (OperationInterruptedException closed) {
            LOG.trace("No session of {} has to be ended any more", database, closed);
        } catch (CitusTenancyException failure) {
            // The change itself meets the same failure and reports it.
            LOG.debug("Sessions of {} that block a change could not be ended", database, failure);
        }
        return BETWEEN;
    }

    @Override
    public void close() {
        task.close();
    }
}

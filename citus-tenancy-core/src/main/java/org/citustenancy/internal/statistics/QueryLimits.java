package org.citustenancy.internal.statistics;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.provisioning.Cluster;

/**
 * The limits for reading figures of a cluster.
 *
 * @param perNode how long to wait for a node
 * @param parallelism how many projects are queried at the same time
 */
public record QueryLimits(Duration perNode, int parallelism) {

    /** Refuses a time limit of zero. */
    public QueryLimits {
        if (perNode.isNegative() || perNode.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("No node answers within " + perNode).fix("give a positive time"));
        }
    }

    /**
     * Returns the same limits with another time.
     *
     * @param time how long to wait for a node
     */
    public QueryLimits perNode(Duration time) {
        return new QueryLimits(time, parallelism);
    }

    NodeSurvey survey(Cluster cluster, String database) {
        return new NodeSurvey(deadline -> cluster.sessions().admin(database, deadline), cluster.threads(), perNode);
    }
}

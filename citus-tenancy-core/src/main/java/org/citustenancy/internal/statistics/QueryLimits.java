package org.citustenancy.internal.statistics;

import java.time.Duration;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.provisioning.Cluster;

/**
 * How much of a cluster is taken to read figures.
 *
 * @param perNode how long a node is waited for
 * @param parallelism how many projects are looked into at the same time
 */
public record QueryLimits(Duration perNode, int parallelism) {

    /** Refuses to wait for no time at all. */
    public QueryLimits {
        if (perNode.isNegative() || perNode.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("No node answers within " + perNode).fix("give a positive time"));
        }
    }

    /**
     * Another time.
     *
     * @param time how long a node is waited for
     */
    public QueryLimits perNode(Duration time) {
        return new QueryLimits(time, parallelism);
    }

    NodeSurvey survey(Cluster cluster, String database) {
        return new NodeSurvey(deadline -> cluster.sessions().admin(database, deadline), cluster.threads(), perNode);
    }
}

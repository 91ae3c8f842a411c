package org.citustenancy.internal.statistics;

import java.time.Duration;
import org.citustenancy.internal.provisioning.Cluster;

/**
 * How much of a cluster is taken to read figures.
 *
 * @param perNode how long a node is waited for
 * @param parallelism how many projects are looked into at the same time
 */
public record Patience(Duration perNode, int parallelism) {

    NodeSurvey survey(Cluster cluster, String database) {
        return new NodeSurvey(deadline -> cluster.sessions().admin(database, deadline), cluster.threads(), perNode);
    }
}

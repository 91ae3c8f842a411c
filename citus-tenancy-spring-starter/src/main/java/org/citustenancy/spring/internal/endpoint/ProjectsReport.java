package org.citustenancy.spring.internal.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citustenancy.hikari.pool.PoolFigures;
import org.jspecify.annotations.Nullable;

/**
 * What the endpoint shows. What is null is not known.
 *
 * @param projects the application's projects by their keys
 * @param cluster what they are on
 */
public record ProjectsReport(Map<String, OneProject> projects, OneCluster cluster) {

    /**
     * A project.
     *
     * @param database its database
     * @param owner its owner
     * @param user the user that the application connects as
     * @param ready whether it is available
     * @param problem why not
     * @param state its state in the cluster's registry
     * @param size bytes on disk over the nodes that answered
     * @param connections sessions over the nodes that answered
     * @param shards placements of shards
     * @param pool what the application's pool counts
     */
    public record OneProject(
            String database,
            String owner,
            String user,
            boolean ready,
            @Nullable String problem,
            @Nullable String state,
            @Nullable Long size,
            @Nullable Long connections,
            @Nullable Long shards,
            PoolFigures pool) {}

    /**
     * The cluster.
     *
     * @param readAt when it was queried
     * @param problem why something is unknown
     * @param unanswered the nodes that did not answer, with the reasons; sizes and connections are without them
     * @param roomForProjects how many more projects fit
     * @param toRaise what to set on which node before the next project fits
     * @param nodes its nodes
     */
    public record OneCluster(
            @Nullable Instant readAt,
            @Nullable String problem,
            List<String> unanswered,
            @Nullable Integer roomForProjects,
            List<String> toRaise,
            List<OneNode> nodes) {}

    /**
     * A node.
     *
     * @param address where it is
     * @param connections sessions of clients
     * @param maxConnections how many it allows
     * @param freeConnections how many more projects' users can open
     */
    public record OneNode(String address, int connections, int maxConnections, int freeConnections) {}
}

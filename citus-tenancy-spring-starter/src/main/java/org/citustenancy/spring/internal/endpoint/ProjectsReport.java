package org.citustenancy.spring.internal.endpoint;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.citustenancy.hikari.pool.PoolFigures;
import org.jspecify.annotations.Nullable;

/**
 * The report of the endpoint on all projects. Unknown values are null.
 *
 * @param projects the application's projects by their keys
 * @param cluster their cluster
 */
public record ProjectsReport(Map<String, OneProject> projects, OneCluster cluster) {

    /**
     * A project.
     *
     * @param database its database
     * @param owner its owner
     * @param user the user that the application connects as
     * @param ready whether it is available
     * @param problem the reason if it is not
     * @param state its state in the cluster's registry
     * @param size bytes on disk on all nodes that responded
     * @param connections sessions on all nodes that responded
     * @param shards placements of shards
     * @param pool the figures of the application's pool
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
     * @param readAt the time of the query
     * @param problem the reason if something is unknown
     * @param unanswered the nodes that did not respond, with the reasons; sizes and connections exclude them
     * @param roomForProjects the number of further projects that fit
     * @param toRaise the settings to raise, with their nodes, before the next project fits
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
     * @param address its address
     * @param connections sessions of clients
     * @param maxConnections the maximum number of sessions
     * @param freeConnections the number of connections that users of further projects can open
     */
    public record OneNode(String address, int connections, int maxConnections, int freeConnections) {}
}

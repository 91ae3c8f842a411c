package org.citustenancy;

import org.citustenancy.internal.statistics.ClusterReader;
import org.citustenancy.internal.statistics.QueryLimits;
import org.citustenancy.internal.statistics.StatsView;
import org.citustenancy.statistics.Language;

/**
 * The view {@code project_stats} in the maintenance database: for any SQL client, each project with its owner, size and
 * connections over all nodes, connection limit, shards and state.
 *
 * <pre>{@code
 * cluster.statistics().view().install(Language.ENGLISH);
 * // SELECT project, size, connections FROM project_stats ORDER BY size_bytes DESC;
 * }</pre>
 *
 * <p>Each query of it asks every worker again, through the coordinator, by the rights of the role that queries. What that
 * role may not see is null. A worker that does not answer is named in {@code missing_nodes}, and is missing in the sums.
 * Databases that are not managed here are there too, with no state.
 *
 * <p>No session can count the shards of another database, so these are as they were at the last {@link #refresh()}; null for
 * a project that has come since.
 */
public final class ProjectStatsView {

    private final CitusCluster cluster;
    private final QueryLimits limits;

    ProjectStatsView(CitusCluster cluster, QueryLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * Installs the view, in place of any other view of that name, such as one with columns in the other language; and counts
     * the shards. Installing it again changes nothing.
     *
     * @param language how its columns are named: {@code project, owner, size, size_bytes, connections, connection_limit,
     *     shards, state, missing_nodes}, or {@code "Base de Datos", "Propietario", "Tamaño", "Bytes", "Conexiones",
     *     "Límite", "Shards", "Estado", "Nodos sin Respuesta"}
     * @throws org.citustenancy.errors.ConflictException if there is something of that name that is no view
     * @throws org.citustenancy.errors.ServerErrorException if something depends on the view whose place it takes
     */
    public void install(Language language) {
        new StatsView(cluster.internals()).install(language);
        refresh();
    }

    /** Counts the shards of all projects again. The view must be installed. */
    public void refresh() {
        new StatsView(cluster.internals()).save(new ClusterReader(cluster.internals(), limits).figures());
    }

    /** Takes the view away, if it is this one, and all that it stands on. */
    public void remove() {
        new StatsView(cluster.internals()).remove();
    }
}

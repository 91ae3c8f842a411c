package org.citustenancy;

import org.citustenancy.internal.statistics.ClusterReader;
import org.citustenancy.internal.statistics.QueryLimits;
import org.citustenancy.internal.statistics.StatsView;
import org.citustenancy.statistics.Language;

/**
 * The view {@code project_stats} in the maintenance database. It shows each project to any SQL client, with its owner,
 * size and connections over all nodes, connection limit, shards and state.
 *
 * <pre>{@code
 * cluster.statistics().view().install(Language.ENGLISH);
 * // SELECT project, size, connections FROM project_stats ORDER BY size_bytes DESC;
 * }</pre>
 *
 * <p>Each query of the view queries every worker through the coordinator, with the privileges of the querying role.
 * Values that the role may not see are null. The column {@code missing_nodes} names the workers that do not answer; the
 * sums exclude them. Unmanaged databases are included, without a state.
 *
 * <p>No session can count the shards of another database. Therefore the view shows the counts of the last {@link
 * #refresh()}, and null for a project that was created after it.
 */
public final class ProjectStatsView {

    private final CitusCluster cluster;
    private final QueryLimits limits;

    ProjectStatsView(CitusCluster cluster, QueryLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    /**
     * Installs the view and counts the shards. The view replaces any other view of that name, such as one with columns
     * in the other language. Installing it again changes nothing.
     *
     * @param language the language of the column names: {@code project, owner, size, size_bytes, connections,
     *     connection_limit, shards, state, missing_nodes}, or {@code "Base de Datos", "Propietario", "Tamaño", "Bytes",
     *     "Conexiones", "Límite", "Shards", "Estado", "Nodos sin Respuesta"}
     * @throws org.citustenancy.errors.ConflictException if an object of that name exists that is not a view
     * @throws org.citustenancy.errors.ServerErrorException if an object depends on the view to be replaced
     */
    public void install(Language language) {
        new StatsView(cluster.internals()).install(language);
        refresh();
    }

    /** Counts the shards of all projects again. The view must be installed. */
    public void refresh() {
        new StatsView(cluster.internals()).save(new ClusterReader(cluster.internals(), limits).figures());
    }

    /** Removes the view, if the library installed it, and its supporting objects. */
    public void remove() {
        new StatsView(cluster.internals()).remove();
    }
}

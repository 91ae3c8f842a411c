package org.citustenancy;

import java.time.Duration;
import java.util.Optional;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.statistics.ProjectReader;
import org.citustenancy.internal.statistics.ProjectReader.Asker;
import org.citustenancy.internal.statistics.QueryLimits;
import org.citustenancy.internal.statistics.StatementsReader;
import org.citustenancy.internal.statistics.TenantsReader;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.activity.StatementFigures;
import org.citustenancy.statistics.activity.TenantFigures;

/**
 * Reads the statistics of one project.
 *
 * <pre>{@code
 * ProjectFigures figures = app.statistics().figures();
 * figures.contents().orElseThrow().tables().forEach(table -> log.info("{}: {}", table.table().name(), table.size()));
 * }</pre>
 */
public final class ProjectStatistics {

    private final CitusCluster cluster;
    private final QueryLimits limits;
    private final String project;
    private final Optional<Asker> asker;

    private ProjectStatistics(CitusCluster cluster, QueryLimits limits, String project, Optional<Asker> asker) {
        this.cluster = cluster;
        this.limits = limits;
        this.project = project;
        this.asker = asker;
    }

    static ProjectStatistics of(CitusCluster cluster, String project) {
        return new ProjectStatistics(cluster, ClusterStatistics.limits(cluster), project, Optional.empty());
    }

    /**
     * Returns a copy that runs its queries as one of the project's users. Figures that the user has no privilege to see
     * are absent.
     *
     * @param connection the user's connection, with the password
     * @return a copy
     */
    public ProjectStatistics as(ConnectionInfo connection) {
        return new ProjectStatistics(
                cluster, limits, project, Optional.of(new Asker(connection.user(), connection.password())));
    }

    /**
     * Sets how long to wait for a node before it is reported as missing. The default is 10 seconds.
     *
     * @param time the time
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if it is not positive
     */
    public ProjectStatistics nodeTimeout(Duration time) {
        return new ProjectStatistics(cluster, limits.perNode(time), project, asker);
    }

    /**
     * Returns all figures of the project: sizes, connections, counters, tables and shards on every node. One statement
     * per node reads them.
     *
     * @return the figures
     * @throws org.citustenancy.errors.NotFoundException if the project's database no longer exists
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached
     */
    public ProjectFigures figures() {
        return ReadOnlyCall.changingNothing(
                () -> new ProjectReader(cluster.internals(), limits, project, asker).figures());
    }

    /**
     * Returns the project's statements with the longest total time, from the nodes whose maintenance databases have
     * {@code pg_stat_statements}. The admin reads them. A node without it is reported as unanswered.
     *
     * @param perNode the number of statements per node
     * @return the statements, the longest first
     */
    public Reading<StatementFigures> topStatements(int perNode) {
        return ReadOnlyCall.changingNothing(
                () -> new StatementsReader(cluster.internals(), limits, Optional.of(project)).top(perNode));
    }

    /**
     * Returns the figures that Citus has counted for each value of the distribution columns, where {@code
     * citus.stat_tenants_track} is on. The admin reads them. A node where it is off is reported as unanswered.
     *
     * @return the tenants, the busiest first
     */
    public Reading<TenantFigures> tenants() {
        return ReadOnlyCall.changingNothing(() -> new TenantsReader(cluster.internals(), limits, project).tenants());
    }
}

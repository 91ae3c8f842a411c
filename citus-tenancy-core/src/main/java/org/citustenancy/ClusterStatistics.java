package org.citustenancy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.statistics.ActivityReader;
import org.citustenancy.internal.statistics.ClusterReader;
import org.citustenancy.internal.statistics.QueryLimits;
import org.citustenancy.internal.statistics.StatementsReader;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Reading;
import org.citustenancy.statistics.StatisticsListener;
import org.citustenancy.statistics.activity.LockWait;
import org.citustenancy.statistics.activity.RunningStatement;
import org.citustenancy.statistics.activity.StatementFigures;

/**
 * Reads the statistics of a cluster's projects. Immutable: each configuration method returns a changed copy.
 *
 * <pre>{@code
 * ClusterFigures figures = cluster.statistics().overview();
 * figures.projects().forEach(project -> log.info("{} uses {} bytes", project.name(), project.size()));
 * }</pre>
 *
 * <p>The figures name each node that does not answer, and cover the other nodes. A project that is being dropped is
 * left out.
 */
public final class ClusterStatistics {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CitusCluster cluster;
    private final QueryLimits limits;
    private final List<StatisticsListener> listeners;

    private ClusterStatistics(CitusCluster cluster, QueryLimits limits, List<StatisticsListener> listeners) {
        this.cluster = cluster;
        this.limits = limits;
        this.listeners = listeners;
    }

    static ClusterStatistics of(CitusCluster cluster) {
        return new ClusterStatistics(cluster, limits(cluster), List.of());
    }

    static QueryLimits limits(CitusCluster cluster) {
        Duration deadline = cluster.options().deadline();
        return new QueryLimits(
                deadline.compareTo(PATIENCE) < 0 ? deadline : PATIENCE,
                cluster.options().parallelism());
    }

    /**
     * Sets how long to wait for a node before it is reported as missing. The default is 10 seconds.
     *
     * @param time the time
     * @return a copy
     * @throws InvalidRequestException if it is not positive
     */
    public ClusterStatistics nodeTimeout(Duration time) {
        return new ClusterStatistics(cluster, limits.perNode(time), listeners);
    }

    /**
     * Returns a copy with a listener that receives all figures that are read from now on.
     *
     * @param listener the listener
     * @return a copy
     */
    public ClusterStatistics withListener(StatisticsListener listener) {
        return new ClusterStatistics(
                cluster,
                limits,
                Stream.concat(listeners.stream(), Stream.of(listener)).toList());
    }

    /**
     * Returns sizes, connections and counters of all projects. One statement per node reads them, for any number of
     * projects.
     *
     * @return the figures, without the contents of projects
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached
     */
    public ClusterFigures overview() {
        return published(ReadOnlyCall.changingNothing(() -> new ClusterReader(cluster.internals(), limits).overview()));
    }

    /**
     * Returns the figures of {@link #overview()} with the contents of each project: tables, shards, and the parts of
     * the size. PostgreSQL reports contents only to a session in the project's database. Therefore each node gets one
     * connection and one statement per project, for up to {@link ClusterOptions#parallelism} projects at a time. A look
     * inside would wake a suspended project, so such a project has the contents at the time of its suspension. If they
     * are not known, or the size of the database has changed since, it is woken once.
     *
     * @return the figures
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached
     */
    public ClusterFigures figures() {
        return published(ReadOnlyCall.changingNothing(() -> new ClusterReader(cluster.internals(), limits).figures()));
    }

    /**
     * Returns the statements and transactions that have been running for at least the given time, on every node and in
     * every database. The result corresponds to {@code citus_stat_activity}, and also names the nodes that did not
     * answer. A distributed statement has a session on the node that received it, and further sessions with the same
     * {@code globalPid} on the nodes that execute it.
     *
     * @param atLeast the minimum time
     * @return the statements and transactions, the longest first
     */
    public Reading<RunningStatement> runningFor(Duration atLeast) {
        return ReadOnlyCall.changingNothing(() -> new ActivityReader(cluster.internals(), limits).running(atLeast));
    }

    /**
     * Returns the sessions that wait for a lock of another session, on every node and in every database.
     *
     * @return the waits, the longest first
     */
    public Reading<LockWait> lockWaits() {
        return ReadOnlyCall.changingNothing(() -> new ActivityReader(cluster.internals(), limits).lockWaits());
    }

    /**
     * Returns the statements with the longest total time, from the nodes whose maintenance databases have {@code
     * pg_stat_statements}. A node without it is reported as unanswered.
     *
     * @param perNode the number of statements per node
     * @return the statements, the longest first
     */
    public Reading<StatementFigures> topStatements(int perNode) {
        return ReadOnlyCall.changingNothing(
                () -> new StatementsReader(cluster.internals(), limits, Optional.empty()).top(perNode));
    }

    /**
     * Returns the view {@code project_stats} for SQL clients.
     *
     * @return the view, installed or not
     */
    public ProjectStatsView view() {
        return new ProjectStatsView(cluster, limits);
    }

    /**
     * Reads the {@link #overview()} periodically, and notifies the listeners of {@link #withListener} of figures and of
     * failures.
     *
     * <pre>{@code
     * StatisticsSampling sampling = cluster.statistics().withListener(metrics).sampleEvery(Duration.ofSeconds(30));
     * }</pre>
     *
     * @param interval the pause between two readings
     * @return the sampling, to be closed before the cluster
     * @throws InvalidRequestException if the interval is not positive, or no listener is registered
     */
    public StatisticsSampling sampleEvery(Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("An interval of " + interval + " leaves no rest").fix("give a positive one"));
        }
        if (listeners.isEmpty()) {
            throw new InvalidRequestException(
                    Failure.of("No listener would get the figures").fix("name a listener by withListener first"));
        }
        return StatisticsSampling.start(this, interval, listeners);
    }

    private ClusterFigures published(ClusterFigures figures) {
        listeners.forEach(listener -> listener.figuresRead(figures));
        return figures;
    }
}

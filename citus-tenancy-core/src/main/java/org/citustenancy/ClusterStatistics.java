package org.citustenancy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.session.Look;
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
 * What a cluster's projects use. Immutable; the methods that say how to ask give a changed copy.
 *
 * <pre>{@code
 * ClusterFigures figures = cluster.statistics().overview();
 * figures.projects().forEach(project -> log.info("{} uses {} bytes", project.name(), project.size()));
 * }</pre>
 *
 * <p>A node that does not answer is named, and the figures are those of the others. A project that is being dropped is
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
     * How long to wait for a node before it is reported as missing; 10 seconds by default.
     *
     * @param time the time
     * @return a copy
     * @throws InvalidRequestException if it is not positive
     */
    public ClusterStatistics nodeTimeout(Duration time) {
        return new ClusterStatistics(cluster, limits.perNode(time), listeners);
    }

    /**
     * The same with a listener that gets all figures that are read from now on.
     *
     * @param listener who
     * @return a copy
     */
    public ClusterStatistics withListener(StatisticsListener listener) {
        return new ClusterStatistics(
                cluster,
                limits,
                Stream.concat(listeners.stream(), Stream.of(listener)).toList());
    }

    /**
     * Sizes, connections and counters of all projects. One statement per node reads them, for any number of projects.
     *
     * @return the figures, without the contents of projects
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached
     */
    public ClusterFigures overview() {
        return published(Look.changingNothing(() -> new ClusterReader(cluster.internals(), limits).overview()));
    }

    /**
     * The same, with the contents of each project: tables, shards, and what the size is made of. PostgreSQL gives these
     * only to a session in the project's database, so each node gets one connection and one statement for each project; as
     * many projects as {@link ClusterOptions#parallelism} says are looked into at a time.
     *
     * @return the figures
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached
     */
    public ClusterFigures figures() {
        return published(Look.changingNothing(() -> new ClusterReader(cluster.internals(), limits).figures()));
    }

    /**
     * Statements that run, and transactions that are open, for some time now, on every node and in every database; what
     * {@code citus_stat_activity} shows, but with the nodes named that did not answer. A distributed statement has a session
     * on the node where it was sent, and more of the same {@code globalPid} where it works.
     *
     * @param atLeast the time
     * @return the longest first
     */
    public Reading<RunningStatement> runningFor(Duration atLeast) {
        return Look.changingNothing(() -> new ActivityReader(cluster.internals(), limits).running(atLeast));
    }

    /**
     * Sessions that wait for another one's lock, on every node and in every database.
     *
     * @return the longest first
     */
    public Reading<LockWait> lockWaits() {
        return Look.changingNothing(() -> new ActivityReader(cluster.internals(), limits).lockWaits());
    }

    /**
     * The statements that took most time, where the nodes' maintenance databases have {@code pg_stat_statements}. A node
     * that does not is reported as unanswered.
     *
     * @param perNode how many of each node
     * @return the longest first
     */
    public Reading<StatementFigures> topStatements(int perNode) {
        return Look.changingNothing(
                () -> new StatementsReader(cluster.internals(), limits, Optional.empty()).top(perNode));
    }

    /**
     * The view {@code project_stats} for SQL clients.
     *
     * @return the view, installed or not
     */
    public ProjectStatsView view() {
        return new ProjectStatsView(cluster, limits);
    }

    /**
     * Reads the {@link #overview()} again and again, and notifies the listeners of {@link #withListener}, of failures too.
     *
     * <pre>{@code
     * StatisticsSampling sampling = cluster.statistics().withListener(metrics).sampleEvery(Duration.ofSeconds(30));
     * }</pre>
     *
     * @param interval how long to rest between two readings
     * @return the sampling, to be closed before the cluster
     * @throws InvalidRequestException if the interval is not positive, or there is no listener
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

package org.citustenancy;

import java.time.Duration;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.internal.concurrent.PeriodicTask;
import org.citustenancy.internal.concurrent.RepeatedWarning;
import org.citustenancy.internal.failover.FailoverRound;
import org.citustenancy.internal.failover.NamedServers;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows failovers: gives every database the address of the server that took over a node. Patroni, another failover
 * manager or you promote the standby; the monitor does not.
 *
 * <p>In each round the monitor sends a statement to every node. A node has failed if its server does not answer in
 * time, is in recovery, or is a superseded or another server. The monitor then looks for its successor among the
 * registered secondaries and the servers of the {@link FailoverOptions}: a server with the system identifier of the
 * node, out of recovery, and on a higher timeline. Then it does what {@link Workers#relocate} or {@link
 * Coordinator#relocate} does. It also {@linkplain TransactionRecovery recovers} distributed transactions.
 *
 * <pre>{@code
 * FailoverMonitor monitor = cluster.followFailovers(
 *         options -> options.withServer("citus-worker-1-standby", 5432));
 * }</pre>
 *
 * <p>If another program, such as Patroni, changes the node list of the maintenance database, the next round gives the
 * projects the same address. Changes from before the first round stay; {@link CitusCluster#verify} reports them, and
 * {@link CitusCluster#repair()} makes the projects follow.
 *
 * <p>Several processes may run a monitor: one of them acts. The {@linkplain CitusCluster#onTopologyChange listeners} of
 * all processes are notified of a changed topology, as the pools of the companion modules need it.
 */
public final class FailoverMonitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverMonitor.class);

    private static final Duration INTERVAL_BEFORE_PROMOTION = Duration.ofMillis(500);

    private final CitusCluster cluster;
    private final FailoverRound round;
    private final FailoverOptions options;
    private final TransactionRecovery recovery;
    private final PeriodicTask rounds;
    private volatile Optional<FailoverReport> last = Optional.empty();
    private final RepeatedWarning warning = new RepeatedWarning(LOG);
    private Optional<Topology> topology = Optional.empty();

    private FailoverMonitor(CitusCluster cluster, FailoverOptions options) {
        this.cluster = cluster;
        this.round = new FailoverRound(cluster.internals(), options);
        this.options = options;
        this.recovery = TransactionRecovery.start(
                cluster.internals(), options.recovery(), new NamedServers(cluster.internals(), options)::requireAll);
        this.rounds = PeriodicTask.start("citus-tenancy-failover", this::attempt);
    }

    static FailoverMonitor start(CitusCluster cluster, FailoverOptions options) {
        return new FailoverMonitor(cluster, options);
    }

    /** Runs a round. Returns the time until the next: the standby of a failed node may be promoted at any time. */
    private Duration attempt() {
        boolean awaitsPromotion = true;
        try {
            checkNow();
            awaitsPromotion = round.awaitsPromotion();
        } catch (OperationInterruptedException ended) {
            LOG.debug("The monitor was closed during a round", ended);
        } catch (CitusTenancyException failure) {
            warning.warn("The nodes could not be checked, the next round tries again: " + failure.getMessage());
            LOG.debug("A round has failed", failure);
        } catch (RuntimeException failure) {
            LOG.warn("The monitor or its listener has failed", failure);
            awaitsPromotion = false;
        }
        boolean sooner = awaitsPromotion && options.interval().compareTo(INTERVAL_BEFORE_PROMOTION) > 0;
        return sooner ? INTERVAL_BEFORE_PROMOTION : options.interval();
    }

    /**
     * Runs a round now, in addition to the periodic ones.
     *
     * @return the report
     * @throws org.citustenancy.errors.ConnectionException if no coordinator answers
     */
    public synchronized FailoverReport checkNow() {
        FailoverReport report = round.run();
        if (report.changes().isEmpty() && report.obstacles().isEmpty()) {
            warning.nothingWrong();
        } else {
            warning.warn("Nodes: " + report);
        }
        last = Optional.of(report);
        // The first round notifies in any case: the topology may have changed since a pool has read it.
        Topology now = cluster.topology();
        if (!Optional.of(now).equals(topology)) {
            cluster.notifyTopologyChanged();
            topology = Optional.of(now);
        }
        options.listener().accept(report);
        return report;
    }

    /**
     * Returns the report of the last round.
     *
     * @return absent before the first round
     */
    public Optional<FailoverReport> lastReport() {
        return last;
    }

    /**
     * Returns the recovery of distributed transactions, which ends with this monitor.
     *
     * @return the service
     */
    public TransactionRecovery recovery() {
        return recovery;
    }

    /**
     * Ends the monitor and its recovery, and waits up to 10 seconds for each. Nothing recovers distributed transactions
     * until a monitor or a recovery starts again, or {@link TransactionRecovery#handBack} is called.
     */
    @Override
    public void close() {
        rounds.close();
        recovery.close();
    }
}

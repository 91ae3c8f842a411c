package org.citustenancy;

import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.concurrent.PeriodicTask;
import org.citustenancy.internal.concurrent.RepeatedWarning;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.suspending.AutosuspendRound;
import org.citustenancy.suspending.AutosuspendOptions;
import org.citustenancy.suspending.AutosuspendReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends unused projects, so that a cluster is limited by the projects that are awake at once. {@link
 * Project#suspend()} describes what a suspended project is, and what keeps a project awake.
 *
 * <p>In each round the service queries the processes of every node from the maintenance database. It suspends the
 * projects without sessions of clients for {@link AutosuspendOptions#idleFor}. If fewer background processes are free on
 * a node than the {@linkplain AutosuspendOptions#reserve reserve}, it suspends unused projects earlier, the longest
 * unused first. It refuses no client and ends no session of one.
 *
 * <p>If too many projects resume at once, the last ones get no maintenance daemon: Citus detects no deadlocks there, and
 * the clients notice nothing else. The service finds them, makes room, and starts their daemons.
 *
 * <pre>{@code
 * Autosuspend autosuspend = cluster.autosuspend(
 *         options -> options.idleFor(Duration.ofMinutes(30)).alwaysAwake("billing"));
 * }</pre>
 *
 * <p>Several processes may run the service: one of them acts. It keeps the times of use in memory. After a restart,
 * every project counts as just used.
 */
public final class Autosuspend implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Autosuspend.class);

    private final AutosuspendRound round;
    private final AutosuspendOptions options;
    private final PeriodicTask rounds;
    private volatile Optional<AutosuspendReport> last = Optional.empty();
    private final RepeatedWarning warning = new RepeatedWarning(LOG);

    private Autosuspend(AutosuspendRound round, AutosuspendOptions options) {
        this.round = round;
        this.options = options;
        this.rounds = PeriodicTask.start("citus-tenancy-autosuspend", options.interval(), this::attempt);
    }

    static Autosuspend start(Cluster cluster, AutosuspendOptions options) {
        return new Autosuspend(new AutosuspendRound(cluster, options), options);
    }

    private void attempt() {
        try {
            checkNow();
        } catch (OperationInterruptedException ended) {
            LOG.debug("The suspension of projects was closed during a round", ended);
        } catch (CitusTenancyException failure) {
            warning.warn("Unused projects were not suspended, the next round tries again: " + failure.getMessage());
            LOG.debug("A round has failed", failure);
        } catch (RuntimeException failure) {
            LOG.warn("The suspension of projects or its listener has failed", failure);
        }
    }

    /**
     * Runs a round now, in addition to the periodic ones.
     *
     * @return the report
     * @throws org.citustenancy.errors.ConnectionException if the coordinator does not answer
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer
     */
    public synchronized AutosuspendReport checkNow() {
        AutosuspendReport report = round.run();
        if (!report.suspended().isEmpty() || !report.attended().isEmpty()) {
            LOG.info("Autosuspend: {}", report);
        }
        warning.nothingWrong();
        last = Optional.of(report);
        options.listener().accept(report);
        return report;
    }

    /**
     * Returns the report of the last round.
     *
     * @return absent before the first round
     */
    public Optional<AutosuspendReport> lastReport() {
        return last;
    }

    /** Ends the service, and waits up to 10 seconds for a running round. Suspended projects stay suspended. */
    @Override
    public void close() {
        rounds.close();
    }
}

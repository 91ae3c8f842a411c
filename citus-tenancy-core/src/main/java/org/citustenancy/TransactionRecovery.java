package org.citustenancy;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.RecoveryOptions;
import org.citustenancy.failover.RecoveryReport;
import org.citustenancy.internal.concurrent.PeriodicTask;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.recovery.RecoveryRound;
import org.citustenancy.topology.Node;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers distributed transactions in place of the daemons of Citus, and only while every node is the expected server.
 * Use it on a cluster whose nodes have standbys.
 *
 * <p>A transaction that writes to several nodes commits in two phases. If the second phase is interrupted, the daemon
 * of Citus completes it later: it commits prepared transactions that have a commit record, rolls back the others, and
 * removes the records. A standby shows no prepared transactions. If a standby answers at the address of a node, as
 * after a switchover, the daemon removes the records, and rolls the transactions back once the standby is promoted:
 * committed transactions are lost. Therefore this service sets {@code citus.recover_2pc_interval = -1} on every server.
 * It recovers only if all nodes are out of recovery, have their known system identifiers, and are on no earlier
 * timeline than before. It compares the servers again before the recovery commits.
 *
 * <pre>{@code
 * TransactionRecovery recovery = cluster.recoverTransactions(options -> options.every(Duration.ofSeconds(30)));
 * }</pre>
 *
 * <p>Several processes may run the service: one of them acts. Set {@code citus.recover_2pc_interval = -1} in the
 * configuration of standbys that this service does not know. {@link #close} leaves the setting at -1. {@link
 * CitusCluster#verify} reports that nothing recovers, once no round has run for three intervals and the deadline of the
 * cluster.
 *
 * @see <a href="https://www.postgresql.org/docs/current/two-phase.html">Two-Phase Transactions</a>
 */
public final class TransactionRecovery implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRecovery.class);

    /** The number of intervals without a round after which the service counts as ended. */
    private static final int INTERVALS = 3;

    private final RecoveryRound round;
    private final RecoveryOptions options;
    private final PeriodicTask rounds;
    private volatile Optional<RecoveryReport> last = Optional.empty();

    private TransactionRecovery(RecoveryRound round, RecoveryOptions options) {
        this.round = round;
        this.options = options;
        this.rounds = PeriodicTask.start("citus-tenancy-recovery", options.interval(), this::attempt);
    }

    static TransactionRecovery start(Cluster cluster, RecoveryOptions options) {
        return start(cluster, options, options::standbys);
    }

    static TransactionRecovery start(Cluster cluster, RecoveryOptions options, Supplier<Collection<Node>> standbys) {
        Duration aliveFor = options.interval().multipliedBy(INTERVALS).plus(cluster.allowed());
        return new TransactionRecovery(new RecoveryRound(cluster, standbys, aliveFor), options);
    }

    private void attempt() {
        try {
            recoverNow();
        } catch (OperationInterruptedException ended) {
            LOG.debug("The recovery of distributed transactions was closed during a round", ended);
        } catch (CitusTenancyException failure) {
            LOG.warn(
                    "Distributed transactions were not recovered, the next round tries again: {}",
                    failure.getMessage());
            LOG.debug("A round has failed", failure);
        } catch (RuntimeException failure) {
            LOG.warn("The recovery of distributed transactions or its listener has failed", failure);
        }
    }

    /**
     * Runs a round now, in addition to the periodic ones.
     *
     * @return the report
     * @throws org.citustenancy.errors.ConnectionException if the coordinator does not answer
     * @throws org.citustenancy.errors.DeadlineExceededException if a node hangs
     */
    public synchronized RecoveryReport recoverNow() {
        RecoveryReport report = round.run();
        if (!report.obstacles().isEmpty()) {
            LOG.warn("Distributed transactions: {}", report);
        }
        last = Optional.of(report);
        options.listener().accept(report);
        return report;
    }

    /**
     * Returns the report of the last round.
     *
     * @return absent before the first round
     */
    public Optional<RecoveryReport> lastReport() {
        return last;
    }

    /**
     * Ends the service and gives the recovery back to the daemons of Citus: resets the setting on every server that
     * answers. Call this only if the nodes have no standbys any more and no other process runs this service; another
     * process would set -1 again.
     *
     * @throws org.citustenancy.errors.ConnectionException if the coordinator does not answer; the service has ended
     */
    public void handBack() {
        rounds.close();
        round.handBack();
    }

    /**
     * Ends the service, and waits up to 10 seconds for a running round. The setting stays -1: nothing recovers until a
     * service starts again or {@link #handBack} is called.
     */
    @Override
    public void close() {
        rounds.close();
        LOG.info("citus.recover_2pc_interval stays -1 on the servers; start the recovery again, or hand it back");
    }
}

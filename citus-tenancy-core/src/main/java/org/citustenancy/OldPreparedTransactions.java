package org.citustenancy;

import java.time.Duration;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.PreparedRollback;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;

/**
 * The prepared transactions in managed projects that are older than a given time. Transactions whose names begin with
 * {@code citus_} are not included, because the maintenance daemon of Citus ends them.
 *
 * <pre>{@code
 * OldPreparedTransactions old = cluster.preparedTransactions(Duration.ofHours(1));
 * old.plan().forEach(System.out::println);
 * old.rollBack();
 * }</pre>
 */
public final class OldPreparedTransactions {

    private final PreparedRollback rollback;
    private final Duration olderThan;

    OldPreparedTransactions(Cluster cluster, Duration olderThan) {
        if (olderThan.isNegative() || olderThan.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("Prepared transactions older than " + olderThan.toMillis() + " ms would be all of them")
                            .fix("give a positive time, longer than any application takes to end one"));
        }
        this.rollback = new PreparedRollback(cluster);
        this.olderThan = olderThan;
    }

    /**
     * Plans {@link #rollBack}: returns the steps that it would run now. Changes nothing.
     *
     * @return a plan for each project with such transactions, with a step for each transaction
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public List<ProvisioningPlan> plan() {
        return rollback.plan(olderThan);
    }

    /**
     * Rolls back the transactions on every node. Their changes are lost; their application gets an error when it tries
     * to commit.
     *
     * @return the completed steps
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public List<StepOutcome> rollBack() {
        return rollback.run(olderThan);
    }
}

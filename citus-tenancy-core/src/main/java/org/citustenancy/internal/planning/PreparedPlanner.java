package org.citustenancy.internal.planning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.observing.PreparedObserver;
import org.citustenancy.internal.observing.PreparedTransaction;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.topology.Node;

/** Plans the rollback of prepared transactions that are old and not created by Citus. */
public final class PreparedPlanner {

    private PreparedPlanner() {}

    /**
     * Returns the steps that roll back the transactions of one project.
     *
     * @param olderThan the minimum age of a prepared transaction
     */
    public static List<PlannedStep> rollBack(
            Map<Node, PreparedObserver.OnNode> observed, String project, Duration olderThan) {
        List<PlannedStep> steps = new ArrayList<>();
        observed.forEach((node, there) -> there.transactions().stream()
                .filter(transaction -> transaction.database().equals(project)
                        && !transaction.isOfCitus()
                        && transaction.age().compareTo(olderThan) >= 0)
                .map(transaction -> rollBack(node, transaction))
                .forEach(steps::add));
        return steps;
    }

    private static PlannedStep rollBack(Node node, PreparedTransaction transaction) {
        return PlannedStep.standalone(
                Stage.CLEAR,
                node,
                RemovalStatements.rollBackPrepared(transaction.gid()),
                "roll back the transaction that \"" + transaction.owner() + "\" prepared "
                        + transaction.age().toSeconds() + " s ago");
    }
}

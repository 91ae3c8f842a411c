package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles the copies of reference tables: every node has one of each. Shards of other tables cannot be restored,
 * because no other node has a copy.
 */
final class ReferenceCopyReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        if (!MissingCopies.in(context)) {
            return Stream.empty();
        }
        Node coordinator = context.topology().coordinator();
        Stream<PlannedStep> check = Stream.of(PlannedStep.referenceCopies(
                Stage.CLOSE_TO_USERS,
                coordinator,
                RowOwnerQueries.owners(RowOwnerQueries.references()),
                true,
                "check that all reference tables belong to one role"));
        Stream<PlannedStep> forget = context.topology().workers().stream().flatMap(worker -> forget(context, worker));
        Stream<PlannedStep> copy = Stream.of(
                PlannedStep.referenceCopies(
                        Stage.REFERENCE_COPIES,
                        coordinator,
                        WorkerStatements.missingReferenceCopies(),
                        false,
                        "copy the reference tables to where they are missing, as a temporary role that is a member of their owner"));
        return Stream.of(check, forget, copy)
                .flatMap(steps -> steps)
                .map(step -> step.fault().isEmpty() ? step.because("reference tables are missing on a node") : step);
    }

    private static Stream<PlannedStep> forget(PlanningContext context, Node worker) {
        List<Long> missing =
                context.on(worker).contents().map(ObservedContents::missingShards).orElse(List.of()).stream()
                        .filter(MissingShard::reference)
                        .map(MissingShard::number)
                        .toList();
        Optional<Integer> group = context.on(context.topology().coordinator())
                .contents()
                .flatMap(inside -> inside.worker(worker.address()))
                .map(KnownNode::group);
        return missing.isEmpty() || group.isEmpty()
                ? Stream.empty()
                : context.topology().nodes().stream().map(node -> PlannedStep.transactional(
                                Stage.LOST_COPIES,
                                node,
                                WorkerStatements.forgetCopies(group.get(), missing),
                                "forget the copies of reference tables that the " + worker + " has lost")
                        .because("the " + worker + " has lost its copies of reference tables"));
    }
}

package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;

/** Every worker has its copy of every reference table. Shards of other tables cannot be had back: nobody has a copy. */
final class ReferenceCopyConcern implements Concern {

    @Override
    public Stream<PlannedStep> steps(Situation situation) {
        Node coordinator = situation.topology().coordinator();
        List<PlannedStep> forget = situation.topology().workers().stream()
                .flatMap(worker -> forget(situation, worker))
                .toList();
        return forget.isEmpty()
                ? Stream.empty()
                : Stream.concat(
                        forget.stream(),
                        Stream.of(PlannedStep.transactional(
                                Stage.REFERENCE_COPIES,
                                coordinator,
                                WorkerStatements.copyReferenceTables(),
                                "copy the reference tables to where they are missing")));
    }

    private static Stream<PlannedStep> forget(Situation situation, Node worker) {
        List<Long> missing =
                situation.on(worker).contents().map(ObservedContents::missingShards).orElse(List.of()).stream()
                        .filter(MissingShard::reference)
                        .map(MissingShard::number)
                        .toList();
        Optional<Integer> group = situation
                .on(situation.topology().coordinator())
                .contents()
                .flatMap(inside -> inside.worker(worker.address()))
                .map(KnownNode::group);
        return missing.isEmpty() || group.isEmpty()
                ? Stream.empty()
                : situation.topology().nodes().stream()
                        .map(node -> PlannedStep.transactional(
                                Stage.LOST_COPIES,
                                node,
                                WorkerStatements.forgetCopies(group.get(), missing),
                                "forget the copies of reference tables that the " + worker + " has lost"));
    }
}

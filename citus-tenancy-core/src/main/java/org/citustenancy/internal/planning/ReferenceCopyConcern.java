package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.DoorStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;

/**
 * Every node has its copy of every reference table. Shards of other tables cannot be restored: no other node has a copy.
 *
 * <p>While a registered node lacks one, the project is closed to its users on the coordinator, which alone copies. It is
 * opened when the copies are there, by the next request if this one does not live to do so.
 */
final class ReferenceCopyConcern implements Concern {

    private static final String CONNECT = "CONNECT";

    @Override
    public Stream<PlannedStep> steps(Situation situation) {
        if (!MissingCopies.in(situation)) {
            return Stream.empty();
        }
        Node coordinator = situation.topology().coordinator();
        Set<String> closed = letIn(situation, coordinator);
        Stream<PlannedStep> check = Stream.of(PlannedStep.referenceCopies(
                Stage.CLOSE_TO_USERS,
                coordinator,
                RowOwnerQueries.owners(RowOwnerQueries.references()),
                true,
                "see that all reference tables belong to one role"));
        Stream<PlannedStep> close = Stream.of(
                PlannedStep.standalone(
                        Stage.CLOSE_TO_USERS,
                        coordinator,
                        DoorStatements.revokeConnect(situation.database(), closed),
                        "close the project to its users until the reference tables are copied"),
                PlannedStep.standalone(
                        Stage.CLOSE_TO_USERS,
                        coordinator,
                        RemovalStatements.endSessionsOfUsers(situation.database()),
                        "end the sessions of users"));
        Stream<PlannedStep> forget =
                situation.topology().workers().stream().flatMap(worker -> forget(situation, worker));
        Stream<PlannedStep> late = Stream.of(PlannedStep.standalone(
                Stage.LOST_COPIES,
                coordinator,
                RemovalStatements.endSessionsOfUsers(situation.database()),
                "end the sessions of users that were about to begin"));
        Stream<PlannedStep> copy = Stream.of(
                PlannedStep.referenceCopies(
                        Stage.REFERENCE_COPIES,
                        coordinator,
                        WorkerStatements.missingReferenceCopies(),
                        false,
                        "copy the reference tables to where they are missing, as a temporary role that is a member of their owner"));
        return Stream.of(
                        check,
                        closed.isEmpty() ? Stream.<PlannedStep>empty() : close,
                        late,
                        forget,
                        copy,
                        reopen(situation, closed))
                .flatMap(steps -> steps)
                .map(step -> step.fault().isEmpty() ? step.because("reference tables are missing on a node") : step);
    }

    private static Set<String> letIn(Situation situation, Node coordinator) {
        return situation.on(coordinator).database().stream()
                .flatMap(database -> database.doors().entrySet().stream())
                .filter(door -> door.getValue().contains(CONNECT))
                .map(Map.Entry::getKey)
                .filter(role ->
                        !Set.of(ObservedDatabase.PUBLIC, LibraryRoles.OWNER).contains(role))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Where this does not come to pass, {@link DoorConcern} finds that the project's users have lost CONNECT. */
    private static Stream<PlannedStep> reopen(Situation situation, Set<String> closed) {
        Map<String, DesiredUser> users = situation.desired().users();
        return closed.stream()
                .filter(role -> !users.containsKey(role) || users.get(role).stays())
                .map(role -> PlannedStep.transactional(
                        Stage.REOPEN,
                        situation.topology().coordinator(),
                        DoorStatements.grant(Set.of(CONNECT), situation.database(), role),
                        "grant " + CONNECT + " on the database to \"" + role + "\" again"));
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
                : situation.topology().nodes().stream().map(node -> PlannedStep.transactional(
                                Stage.LOST_COPIES,
                                node,
                                WorkerStatements.forgetCopies(group.get(), missing),
                                "forget the copies of reference tables that the " + worker + " has lost")
                        .because("the " + worker + " has lost its copies of reference tables"));
    }
}

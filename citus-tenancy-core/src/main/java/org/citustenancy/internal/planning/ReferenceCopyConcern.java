package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.DoorStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.users.AccessLevel;

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
            return reopen(situation, Stage.DOORS, Set.of());
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
                        reopen(situation, Stage.REOPEN, closed))
                .flatMap(steps -> steps);
    }

    private static Set<String> letIn(Situation situation, Node coordinator) {
        return situation.on(coordinator).database().stream()
                .flatMap(database -> database.doors().entrySet().stream())
                .filter(door -> door.getValue().contains(CONNECT))
                .map(Map.Entry::getKey)
                .filter(role -> !role.equals(ObservedDatabase.PUBLIC))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The owner, whom no other concern lets in, and those who were let in by others than the library. */
    private static Stream<PlannedStep> reopen(Situation situation, Stage stage, Set<String> closed) {
        Node coordinator = situation.topology().coordinator();
        Set<String> waiting = new TreeSet<>(closed);
        situation.on(coordinator).database().ifPresent(database -> situation
                .desired()
                .owner()
                .map(DesiredUser::name)
                .filter(owner -> owner.equals(database.owner())
                        && !database.privilegesOf(owner).contains(CONNECT))
                .ifPresent(waiting::add));
        situation.desired().users().values().stream()
                .filter(user -> user.level() != AccessLevel.OWNER && !user.stays())
                .map(DesiredUser::name)
                .forEach(waiting::remove);
        return waiting.stream()
                .map(role -> PlannedStep.transactional(
                        stage,
                        coordinator,
                        DoorStatements.grantConnect(situation.database(), role),
                        "let \"" + role + "\" connect"));
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

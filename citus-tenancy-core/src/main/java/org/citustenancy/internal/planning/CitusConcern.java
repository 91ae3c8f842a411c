package org.citustenancy.internal.planning;

import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.topology.Node;

/** The database has Citus on every node, and the coordinator's knows them all. */
final class CitusConcern implements Concern {

    private static final String CITUS = "citus";

    @Override
    public Stream<PlannedStep> steps(Situation situation) {
        return situation.topology().citus() ? Stream.concat(extensions(situation), nodes(situation)) : Stream.empty();
    }

    private static Stream<PlannedStep> extensions(Situation situation) {
        return situation.topology().nodes().stream()
                .filter(node -> !situation.on(node).has(CITUS))
                .map(node -> PlannedStep.transactional(
                        node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                        node,
                        CitusStatements.createExtension(CITUS),
                        "create the extension citus"));
    }

    private static Stream<PlannedStep> nodes(Situation situation) {
        Node coordinator = situation.topology().coordinator();
        Optional<ObservedContents> inside = situation.on(coordinator).contents();
        Stream<PlannedStep> self = inside.map(contents -> contents.knowsCoordinator(coordinator.address()))
                        .orElse(false)
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                        Stage.NODES,
                        coordinator,
                        CitusStatements.setCoordinatorHost(coordinator),
                        "register the coordinator as " + coordinator.address()));
        Stream<PlannedStep> workers = situation.topology().workers().stream()
                .filter(worker -> !inside.map(contents -> contents.knowsWorker(worker.address()))
                        .orElse(false))
                .map(worker -> PlannedStep.transactional(
                        Stage.NODES, coordinator, CitusStatements.addNode(worker), "register the " + worker));
        return Stream.of(self, shards(situation, inside), workers).flatMap(steps -> steps);
    }

    /** As in the maintenance database; a new registration keeps shards away from the coordinator. */
    private static Stream<PlannedStep> shards(Situation situation, Optional<ObservedContents> inside) {
        boolean wanted = situation.topology().coordinatorHoldsShards();
        boolean is = inside.map(ObservedContents::coordinatorHoldsShards).orElse(false);
        return wanted && !is
                ? Stream.of(PlannedStep.transactional(
                        Stage.NODES,
                        situation.topology().coordinator(),
                        CitusStatements.holdShards(situation.topology().coordinator(), true),
                        "let shards lie on the coordinator too"))
                : Stream.empty();
    }
}

package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.PlaceholderStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles Citus: the database has it on every node, and the coordinator's database has itself and all workers
 * registered.
 */
final class CitusReconciler implements Reconciler {

    private static final String CITUS = "citus";

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().citus()
                ? Stream.of(extensions(context), adminPasswords(context), copies(context), nodes(context))
                        .flatMap(steps -> steps)
                : Stream.empty();
    }

    private static Stream<PlannedStep> extensions(PlanningContext context) {
        return context.topology().nodes().stream()
                .filter(node -> !context.on(node).has(CITUS) && !context.startsFromEmptyTemplate(node))
                .map(node -> PlannedStep.transactional(
                                node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                                node,
                                CitusStatements.createExtension(CITUS),
                                "create the extension citus")
                        .because("the extension citus is missing"));
    }

    /**
     * Plans the admin's passwords in the transaction that creates the extension: before it, no connection reaches
     * another node from there, or there from another node.
     */
    private static Stream<PlannedStep> adminPasswords(PlanningContext context) {
        return context.topology().workers().isEmpty()
                ? Stream.empty()
                : context.topology().nodes().stream().flatMap(node -> context.adminPassword(node).stream()
                        .filter(password -> !context.on(node)
                                .contents()
                                .map(inside -> inside.nodePasswords().get(password.role()))
                                .equals(Optional.of(password.digest())))
                        .map(password -> AdminPassword.carry(node, password)));
    }

    /**
     * Plans the step that makes Citus accept a copied database. A worker gets it from the coordinator, which sends it
     * everything when it is registered.
     */
    private static Stream<PlannedStep> copies(PlanningContext context) {
        return context.topology().nodes().stream()
                .filter(node -> context.on(node)
                        .contents()
                        .map(ObservedContents::copyOfAnother)
                        .orElse(node.isCoordinator() && context.startsFromEmptyTemplate(node)))
                .map(node -> PlannedStep.transactional(
                                node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                                node,
                                CitusStatements.knowItself(),
                                "let Citus know the database, which is a copy, as itself")
                        .because("Citus takes the database for the one that it is a copy of"));
    }

    private static Stream<PlannedStep> nodes(PlanningContext context) {
        Node coordinator = context.topology().coordinator();
        Optional<ObservedContents> inside = context.on(coordinator).contents();
        Optional<KnownNode> known = inside.flatMap(contents -> contents.coordinator(coordinator.address()));
        Stream<PlannedStep> self = known.isPresent()
                ? Stream.empty()
                : inside.flatMap(contents -> contents.nodes().stream()
                                .filter(KnownNode::isCoordinator)
                                .findFirst())
                        .map(former -> relocation(context, former, coordinator))
                        .orElseGet(() -> Stream.of(step(
                                coordinator,
                                CitusStatements.setCoordinatorHost(coordinator),
                                "register the coordinator as " + coordinator.address(),
                                "the project does not know the coordinator as " + coordinator.address())));
        boolean wanted = context.topology().coordinatorHoldsShards();
        // As in the maintenance database. A new registration keeps shards away from the coordinator.
        Stream<PlannedStep> shards =
                wanted && !known.map(KnownNode::holdsShards).orElse(false)
                        ? Stream.of(step(
                                coordinator,
                                CitusStatements.holdShards(coordinator, true),
                                "let shards lie on the coordinator too",
                                "no shards may lie on the coordinator in the project, as they may in the cluster"))
                        : Stream.empty();
        Stream<PlannedStep> workers = context.topology().workers().stream()
                .flatMap(worker -> worker(context, worker, inside.flatMap(there -> there.worker(worker.address()))));
        return Stream.of(self, shards, workers, secondaries(context, inside), formerSecondaries(context, inside))
                .flatMap(steps -> steps);
    }

    private static Stream<PlannedStep> secondaries(PlanningContext context, Optional<ObservedContents> inside) {
        return context.topology().secondaries().entrySet().stream().flatMap(primary -> primary.getValue().stream()
                .filter(secondary ->
                        inside.map(there -> !there.knows(secondary.address())).orElse(true))
                .map(secondary -> step(
                        context.topology().coordinator(),
                        CitusStatements.addSecondary(secondary, primary.getKey()),
                        "register " + secondary.address() + " as a secondary of the " + primary.getKey(),
                        "the project does not know the secondary " + secondary.address() + " of the "
                                + primary.getKey())));
    }

    /**
     * Plans the removal of secondaries that the cluster no longer has. The context may contain some workers only, so
     * only secondaries of those are compared.
     */
    private static Stream<PlannedStep> formerSecondaries(PlanningContext context, Optional<ObservedContents> inside) {
        MembershipPlanner planner = new MembershipPlanner(context.topology());
        return inside.stream()
                .flatMap(there -> context.topology().nodes().stream().flatMap(node -> there.secondariesOf(node).stream()
                        .filter(secondary -> !context.topology()
                                .secondaries()
                                .getOrDefault(node, List.of())
                                .contains(secondary))
                        .map(secondary -> planner.removeSecondary(secondary)
                                .because("the project lists the secondary " + secondary.address() + " of the " + node
                                        + ", which the cluster does not have"))));
    }

    private static Stream<PlannedStep> worker(PlanningContext context, Node worker, Optional<KnownNode> known) {
        Node coordinator = context.topology().coordinator();
        Optional<KnownNode> elsewhere = known.isPresent() ? Optional.empty() : elsewhere(context, worker);
        Stream<PlannedStep> registration = known.isPresent()
                ? Stream.empty()
                : elsewhere
                        .map(former -> relocation(context, former, worker))
                        .orElseGet(() -> Stream.of(step(
                                coordinator,
                                PlaceholderStatements.addNode(worker),
                                "register the " + worker,
                                "the project does not know the " + worker)));
        Stream<PlannedStep> again = isForgetful(context, worker)
                ? Stream.of(step(
                        coordinator,
                        PlaceholderStatements.activate(worker),
                        "let the " + worker + " know again what it knew of the nodes and tables",
                        "the " + worker + " does not know the nodes and tables of the project"))
                : Stream.empty();
        boolean wanted = !context.topology().drained().contains(worker);
        boolean is = known.or(() -> elsewhere).map(KnownNode::holdsShards).orElse(true);
        Stream<PlannedStep> shards = wanted == is
                ? Stream.empty()
                : Stream.of(step(
                        coordinator,
                        CitusStatements.holdShards(worker, wanted),
                        (wanted ? "let shards lie on the " : "let no new shards lie on the ") + worker,
                        wanted
                                ? "the project keeps shards away from the " + worker
                                : "the project puts new shards on the " + worker + ", which is drained"));
        return Stream.of(registration, again, shards).flatMap(steps -> steps);
    }

    /** Plans the address of a node that the project lists by a former one, perhaps with its secondary at this address. */
    private static Stream<PlannedStep> relocation(PlanningContext context, KnownNode former, Node node) {
        Optional<RegisteredServer> occupant = context.on(context.topology().coordinator()).contents().stream()
                .flatMap(inside -> inside.registered().stream())
                .filter(server -> !server.isPrimary() && server.address().equals(node.address()))
                .map(KnownNode::server)
                .findFirst();
        return new MembershipPlanner(context.topology())
                .relocate(former.server(), node, occupant).stream()
                        .map(step -> step.because(
                                "the project lists the " + node + " by its former address " + former.address()));
    }

    /**
     * Finds a worker that is registered in the project by an address that no node of the cluster has any more. Its own
     * database says which group it is: the one of the former address, whose shards it has.
     */
    private static Optional<KnownNode> elsewhere(PlanningContext context, Node worker) {
        Optional<Integer> group = context.on(worker)
                .contents()
                .filter(there -> there.has(CITUS) && there.group() != 0)
                .map(ObservedContents::group);
        return context.on(context.topology().coordinator()).contents().stream()
                .flatMap(inside -> inside.nodes().stream())
                .filter(former -> group.isPresent() && former.group() == group.get())
                .filter(former -> context.topology().nodes().stream()
                        .noneMatch(node -> node.address().equals(former.address())))
                .findFirst();
    }

    /** Checks whether a worker that is registered in the project lacks the project's metadata. */
    static boolean isForgetful(PlanningContext context, Node worker) {
        return known(context, worker)
                .filter(known -> !knowsItself(context, worker, known))
                .isPresent();
    }

    /** Returns a worker as it is registered in the project, perhaps by a former address; absent before that. */
    static Optional<KnownNode> known(PlanningContext context, Node worker) {
        return context.on(context.topology().coordinator())
                .contents()
                .flatMap(inside -> inside.worker(worker.address()))
                .or(() -> elsewhere(context, worker));
    }

    /**
     * Checks whether a worker has its own registration. A worker that restarts with an empty disk identifies itself as
     * a coordinator.
     */
    private static boolean knowsItself(PlanningContext context, Node worker, KnownNode known) {
        return context.on(worker)
                .contents()
                .filter(there -> there.has(CITUS))
                .map(there -> there.group() == known.group() && there.objects().containsAll(objects(context)))
                .orElse(false);
    }

    private static Set<String> objects(PlanningContext context) {
        return context.on(context.topology().coordinator())
                .contents()
                .map(ObservedContents::objects)
                .orElse(Set.of());
    }

    private static PlannedStep step(Node coordinator, Query query, String description, String fault) {
        return PlannedStep.transactional(Stage.NODES, coordinator, query, description)
                .because(fault);
    }
}

package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.ObservedCoordinator;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Plans the steps that add workers to a database, remove them from it, or change their addresses. */
public final class MembershipPlanner {

    private static final String CITUS = "citus";

    /** Makes the name of a secondary between two addresses, inside one transaction. */
    private static final String BETWEEN = ".relocating";

    private final Node coordinator;

    /** Creates a planner for one cluster. */
    public MembershipPlanner(Topology topology) {
        this.coordinator = topology.coordinator();
    }

    /**
     * Returns the steps that create Citus in a maintenance database.
     *
     * @param coordinator the server
     * @param observed its observed state
     */
    public static List<PlannedStep> createCitus(Node coordinator, ObservedCoordinator observed) {
        return observed.hasCitus()
                ? List.of()
                : List.of(PlannedStep.transactional(
                        Stage.CITUS,
                        coordinator,
                        CitusStatements.createExtension(CITUS),
                        "create the extension citus"));
    }

    /**
     * Returns the steps that turn a server with Citus into a coordinator that accepts workers.
     *
     * @param coordinator the server, under its address
     * @param observed its observed state
     */
    public static List<PlannedStep> nameCoordinator(Node coordinator, ObservedCoordinator observed) {
        return observed.coordinator().map(Node::address).equals(Optional.of(coordinator.address()))
                ? List.of()
                : List.of(PlannedStep.transactional(
                        Stage.NODES,
                        coordinator,
                        CitusStatements.setCoordinatorHost(coordinator),
                        "register the coordinator as " + coordinator.address()));
    }

    /**
     * Returns the steps that add a server to the maintenance database's cluster.
     *
     * @param worker the server
     * @param hasCitus whether its maintenance database has Citus
     * @param isRegistered whether it is registered on the coordinator
     * @param open by node, the cluster's own databases that are open to PUBLIC
     */
    public List<PlannedStep> join(Node worker, boolean hasCitus, boolean isRegistered, Map<Node, Set<String>> open) {
        List<PlannedStep> steps =
                new ArrayList<>(ClosingPlanner.follow(worker, open).toList());
        if (!hasCitus) {
            steps.add(PlannedStep.transactional(
                            Stage.CITUS_ON_WORKERS,
                            worker,
                            CitusStatements.createExtension(CITUS),
                            "create the extension citus")
                    .because("the maintenance database of the worker has no Citus"));
        }
        if (!isRegistered) {
            steps.add(PlannedStep.transactional(
                            Stage.NODES, coordinator, CitusStatements.addNode(worker), "register the " + worker)
                    .because("the coordinator does not know the worker"));
        }
        return steps;
    }

    /**
     * Returns the steps that create every user's role on a worker, before the projects are created on it one by one.
     *
     * @param context the coordinator and the worker, and all users as those of one project
     */
    public static List<PlannedStep> roles(PlanningContext context) {
        return PlannedStep.inOrder(
                Stream.of(new LibraryRoleReconciler(), new RoleReconciler(), new UserLimitReconciler())
                        .flatMap(concern -> concern.steps(context))
                        .toList());
    }

    /** Returns the steps that keep new shards away from a worker. */
    public List<PlannedStep> drain(Node worker) {
        return List.of(PlannedStep.transactional(
                        Stage.NODES,
                        coordinator,
                        CitusStatements.holdShards(worker, false),
                        "let no new shards lie on the " + worker)
                .because("the worker is to be empty, and new shards may still lie on it"));
    }

    /**
     * Returns the steps that remove a worker from the current database's cluster.
     *
     * @param disable whether to disable it first, because it does not answer
     * @param secondaries its registered secondaries, which leave with it
     */
    public List<PlannedStep> leave(Node worker, boolean disable, List<Node> secondaries) {
        List<PlannedStep> steps = new ArrayList<>();
        if (disable) {
            steps.add(PlannedStep.transactional(
                            Stage.NODES,
                            coordinator,
                            WorkerStatements.disableNode(worker),
                            "send nothing more to the dead " + worker)
                    .because("the worker does not answer, and Citus would wait for it"));
        }
        // After the worker was disabled: Citus sends the removal to all active workers.
        secondaries.forEach(secondary ->
                steps.add(removeSecondary(secondary).because("it is a secondary of the " + worker + ", which leaves")));
        steps.add(PlannedStep.transactional(
                        Stage.NODES, coordinator, WorkerStatements.removeNode(worker), "take out the " + worker)
                .because("the worker leaves, and the coordinator still lists it"));
        steps.add(PlannedStep.transactional(
                        Stage.NODES,
                        coordinator,
                        WorkerStatements.forgetLeftoversOfGoneNodes(),
                        "forget what moves of shards have left there")
                .because("Citus would never move these shards again"));
        return steps;
    }

    /** Returns the step that removes a secondary from the current database's cluster; its primary stays. */
    public PlannedStep removeSecondary(Node secondary) {
        return PlannedStep.transactional(
                Stage.NODES,
                coordinator,
                WorkerStatements.removeNode(secondary),
                "take out the secondary " + secondary.address());
    }

    /**
     * Returns the steps that change a node's address. A secondary that is registered at the new address gets the former
     * one: after a failover the servers have changed their roles, and Citus accepts each address once.
     *
     * @param node the node as registered in the current database
     * @param moved the node at its new address
     * @param secondary what is registered at the new address, if anything is
     */
    public List<PlannedStep> relocate(RegisteredServer node, Node moved, Optional<RegisteredServer> secondary) {
        List<PlannedStep> steps = new ArrayList<>();
        secondary.ifPresent(standby -> steps.add(address(
                standby,
                new Node(moved.role(), moved.host() + BETWEEN, moved.port()),
                "free the address " + moved.address() + ", which the secondary has")));
        steps.add(
                node.isCoordinator()
                        ? step(
                                CitusStatements.setCoordinatorHost(moved),
                                "register the coordinator as " + moved.address(),
                                "the coordinator is registered as " + node.address())
                        : address(node, moved, "reach the worker as " + moved.address()));
        secondary.ifPresent(standby -> steps.add(address(
                standby,
                new Node(moved.role(), node.host(), node.port()),
                "register the secondary as " + node.address())));
        return steps;
    }

    private PlannedStep address(RegisteredServer server, Node moved, String description) {
        return step(
                WorkerStatements.updateNode(server.id(), moved),
                description,
                "the node is reached at another address than " + server.address() + ", which is listed here");
    }

    private PlannedStep step(Query query, String description, String fault) {
        return PlannedStep.transactional(Stage.NODES, coordinator, query, description)
                .because(fault);
    }
}

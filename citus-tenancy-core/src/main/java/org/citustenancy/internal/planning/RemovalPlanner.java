package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.DropBlockers;
import org.citustenancy.internal.sql.AdminSettings;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/**
 * Plans the removal of a project: closes it, removes what prevents a drop, drops it, then drops the roles that no other
 * project needs.
 */
public final class RemovalPlanner {

    private final String project;
    private final Map<Node, DropBlockers> observed;

    /**
     * Creates a planner for one project.
     *
     * @param observed the state that each node reports
     */
    public RemovalPlanner(String project, Map<Node, DropBlockers> observed) {
        this.project = project;
        this.observed = observed;
    }

    /**
     * Returns the steps that refuse new sessions and end open ones, if objects inside must be removed. Sessions may
     * create more objects until then, so the nodes must be observed again afterwards.
     *
     * @return the steps; none if nothing prevents the drop
     */
    public List<PlannedStep> close() {
        if (observed.keySet().stream().flatMap(this::clear).findAny().isEmpty()) {
            return List.of();
        }
        return where(DropBlockers::present)
                .flatMap(node -> Stream.of(
                        PlannedStep.standalone(
                                Stage.CLOSE,
                                node,
                                AdminSettings.protectCurrentRole(project),
                                "protect the admin's sessions from settings of the database"),
                        QuiesceSteps.onlySuperusers(
                                node,
                                RemovalStatements.unlessHalfDropped(
                                        project, DatabaseStatements.onlySuperusers(project))),
                        QuiesceSteps.endSessions(Stage.CLOSE, node, project)))
                .toList();
    }

    /**
     * Returns the steps that remove what prevents the drop, and drop the database. The drop itself ends sessions that
     * enter between the observation and the shutdown, and waits for that for a few seconds only.
     *
     * @see <a href="https://www.postgresql.org/docs/current/sql-dropdatabase.html">DROP DATABASE ... WITH (FORCE)</a>
     */
    public List<PlannedStep> drop() {
        Stream<PlannedStep> stay = where(there -> there.present() && there.carried())
                .map(node -> Propagation.ofNoDatabase(Stage.CLOSE, node));
        Stream<PlannedStep> clear = observed.keySet().stream().flatMap(this::clear);
        Stream<PlannedStep> shut = where(DropBlockers::present)
                .map(node -> QuiesceSteps.shut(
                        node,
                        RemovalStatements.unlessHalfDropped(
                                project, DatabaseStatements.allowConnections(project, false))));
        // The sessions on the coordinator last, because those keep writers out on all nodes while a project is moved.
        Stream<PlannedStep> empty =
                where(DropBlockers::occupied).map(node -> QuiesceSteps.endSessions(dropStage(node), node, project));
        Stream<PlannedStep> drop = where(DropBlockers::present)
                .map(node -> PlannedStep.standalone(
                        dropStage(node),
                        node,
                        DatabaseStatements.drop(project),
                        "drop the database with all that is in it"));
        return Stream.of(stay, clear, shut, empty, drop).flatMap(steps -> steps).toList();
    }

    private static Stage dropStage(Node node) {
        return node.isCoordinator() ? Stage.DROP : Stage.DROP_ON_WORKERS;
    }

    private Stream<PlannedStep> clear(Node node) {
        DropBlockers there = at(node);
        Stream<PlannedStep> transactions = there.preparedTransactions().stream()
                .map(transaction -> PlannedStep.standalone(
                        Stage.CLEAR,
                        node,
                        RemovalStatements.rollBackPrepared(transaction),
                        "roll back the prepared transaction " + transaction));
        Stream<PlannedStep> slots = there.replicationSlots().stream()
                .map(slot -> PlannedStep.transactional(
                        Stage.CLEAR, node, RemovalStatements.dropSlot(slot), "drop the replication slot " + slot));
        Stream<PlannedStep> subscriptions = there.subscriptions().stream()
                .flatMap(name -> Stream.of(
                        PlannedStep.transactional(
                                Stage.CLEAR,
                                node,
                                RemovalStatements.disableSubscription(name),
                                "stop the subscription \"" + name + "\""),
                        PlannedStep.transactional(
                                Stage.CLEAR,
                                node,
                                RemovalStatements.detachSubscription(name),
                                "detach the subscription from its slot"),
                        PlannedStep.transactional(
                                Stage.CLEAR,
                                node,
                                RemovalStatements.dropSubscription(name),
                                "drop the subscription \"" + name + "\"")));
        return Stream.of(transactions, slots, subscriptions).flatMap(steps -> steps);
    }

    /** Returns the users that are a role on any node and that nothing outside this database needs on any node. */
    public Set<String> unneededRoles() {
        Set<String> needed = all(DropBlockers::neededRoles);
        return all(DropBlockers::roles).stream()
                .filter(role -> !needed.contains(role))
                .collect(Collectors.toSet());
    }

    private Set<String> all(Function<DropBlockers, Set<String>> which) {
        return observed.values().stream()
                .flatMap(node -> which.apply(node).stream())
                .collect(Collectors.toSet());
    }

    /**
     * Returns the steps that drop the unneeded roles, except users of other projects.
     *
     * @param usedElsewhere the users of other projects
     */
    public List<PlannedStep> dropRoles(Set<String> usedElsewhere) {
        Set<String> unneeded = unneededRoles();
        return observed.entrySet().stream()
                .flatMap(entry -> entry.getValue().roles().stream()
                        .filter(role -> unneeded.contains(role) && !usedElsewhere.contains(role))
                        .sorted()
                        .map(role -> PlannedStep.transactional(
                                Stage.DROP_ROLES,
                                entry.getKey(),
                                RoleStatements.drop(role),
                                "drop the role \"" + role + "\"")))
                .toList();
    }

    private Stream<Node> where(Predicate<DropBlockers> which) {
        return observed.keySet().stream().filter(node -> which.test(at(node)));
    }

    private DropBlockers at(Node node) {
        return Objects.requireNonNull(observed.get(node));
    }
}

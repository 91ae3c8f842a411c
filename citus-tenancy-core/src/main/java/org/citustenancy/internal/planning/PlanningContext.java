package org.citustenancy.internal.planning;

import java.util.Optional;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.AdminSessions;
import org.citustenancy.internal.observing.NodeState;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.SourceDatabase;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * The input of a plan: the desired state, the observed state and the nodes.
 *
 * @param desired the desired state
 * @param observed the state that the nodes report
 * @param topology the cluster's nodes
 */
public record PlanningContext(DesiredProject desired, ObservedProject observed, Topology topology) {

    NodeState on(Node node) {
        return observed.on(node);
    }

    /** Returns the original of the database that is still to be created on a node as a copy. */
    Optional<SourceDatabase> original(Node node) {
        return on(node).database().isEmpty() ? on(node).original() : Optional.empty();
    }

    /** Checks whether the database is still to be created on a node as a copy of an empty template. */
    boolean startsFromEmptyTemplate(Node node) {
        return original(node).equals(Optional.of(SourceDatabase.BLANK));
    }

    /**
     * Checks whether a node has the database but its contents could not be observed, because the admin's sessions are
     * not yet protected from its settings there.
     *
     * @return true if the contents are unknown
     */
    public boolean insideIsHidden() {
        return topology.nodes().stream().anyMatch(node -> on(node).database()
                .map(database -> !database.protectsAdmin())
                .orElse(false));
    }

    /** Checks whether Citus would propagate a database that is created on the node to the other nodes. */
    boolean carriesDatabases(Node node) {
        AdminSessions admin = observed.admin().get(node);
        return admin != null && admin.carryDatabases();
    }

    /** Returns the admin's connection parameter in {@code pg_dist_authinfo} of the node's maintenance database. */
    Optional<AdminSessions.SealedPassword> adminPassword(Node node) {
        return Optional.ofNullable(observed.admin().get(node)).flatMap(AdminSessions::password);
    }

    String database() {
        return desired.name();
    }
}

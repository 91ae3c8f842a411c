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
 * Where a plan starts and where it must lead.
 *
 * @param desired the desired state
 * @param observed what the nodes say
 * @param topology the cluster's nodes
 */
public record PlanningContext(DesiredProject desired, ObservedProject observed, Topology topology) {

    NodeState on(Node node) {
        return observed.on(node);
    }

    /** What the database, which is still to be made there, will be a copy of. */
    Optional<SourceDatabase> original(Node node) {
        return on(node).database().isEmpty() ? on(node).original() : Optional.empty();
    }

    /** Whether the database is still to be made there, as a copy of one that has nothing but Citus. */
    boolean startsFromEmptyTemplate(Node node) {
        return original(node).equals(Optional.of(SourceDatabase.BLANK));
    }

    /**
     * Whether some node has the database but its contents could not be observed, because the admin's sessions are not yet
     * protected from its settings there.
     *
     * @return true if the contents are unknown
     */
    public boolean insideIsHidden() {
        return topology.nodes().stream().anyMatch(node -> on(node).database()
                .map(database -> !database.protectsAdmin())
                .orElse(false));
    }

    /** Whether Citus would carry a database that is created there to the other nodes. */
    boolean carriesDatabases(Node node) {
        AdminSessions admin = observed.admin().get(node);
        return admin != null && admin.carryDatabases();
    }

    /** What the node's maintenance database has for the admin in {@code pg_dist_authinfo}. */
    Optional<AdminSessions.SealedPassword> adminPassword(Node node) {
        return Optional.ofNullable(observed.admin().get(node)).flatMap(AdminSessions::password);
    }

    String database() {
        return desired.name();
    }
}

package org.citustenancy.internal.planning;

import org.citustenancy.internal.sql.PropagationStatements;
import org.citustenancy.topology.Node;

/** Plans the steps that turn off propagation, so that a change of a node stays on that node. */
final class Propagation {

    private Propagation() {}

    /** Returns the step that keeps databases on the node where the admin creates or drops them. */
    static PlannedStep ofNoDatabase(Stage stage, Node node) {
        return PlannedStep.transactional(
                        stage,
                        node,
                        PropagationStatements.carryNoDatabases(),
                        "keep Citus from carrying the admin's databases from here to the other nodes")
                .because("Citus carries databases that the admin creates there to the other nodes");
    }
}

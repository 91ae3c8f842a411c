package org.citustenancy.internal.planning;

import org.citustenancy.internal.sql.PropagationStatements;
import org.citustenancy.topology.Node;

/** The steps by which what is done to a node stays on it. */
final class Propagation {

    private Propagation() {}

    /** Databases that the admin creates or drops there are created and dropped there alone. */
    static PlannedStep ofNoDatabase(Stage stage, Node node) {
        return PlannedStep.transactional(
                        stage,
                        node,
                        PropagationStatements.carryNoDatabases(),
                        "keep Citus from carrying the admin's databases from here to the other nodes")
                .because("Citus carries databases that the admin creates there to the other nodes");
    }
}

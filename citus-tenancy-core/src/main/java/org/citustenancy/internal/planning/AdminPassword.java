package org.citustenancy.internal.planning;

import org.citustenancy.internal.observing.AdminSessions.SealedPassword;
import org.citustenancy.internal.sql.AdminPasswordStatements;
import org.citustenancy.topology.Node;

/**
 * Plans the steps by which the nodes of a database accept the admin from each other as the nodes of the maintenance
 * database do.
 */
final class AdminPassword {

    private AdminPassword() {}

    /**
     * Returns the step that copies the admin's connection parameter from the node's maintenance database to another
     * database of the node.
     */
    static PlannedStep carry(Node node, SealedPassword password) {
        return PlannedStep.transactional(
                        node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                        node,
                        AdminPasswordStatements.write(password.number(), password.text()),
                        "let the admin through to the other nodes, as in the maintenance database")
                .because("the database lacks the admin's password for the other nodes, or has another one");
    }
}

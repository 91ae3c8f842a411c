package org.citustenancy.internal.planning;

import org.citustenancy.internal.observing.AdminSessions.SealedPassword;
import org.citustenancy.internal.sql.AdminPasswordStatements;
import org.citustenancy.topology.Node;

/** The steps by which the nodes of a database accept the admin from each other as those of the maintenance database do. */
final class AdminPassword {

    private AdminPassword() {}

    /** A database of the node has for the admin what its maintenance database has. */
    static PlannedStep carry(Node node, SealedPassword password) {
        return PlannedStep.transactional(
                        node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                        node,
                        AdminPasswordStatements.write(password.number(), password.text()),
                        "let the admin through to the other nodes, as in the maintenance database")
                .because("the database lacks the admin's password for the other nodes, or has another one");
    }
}

package org.citustenancy.internal.planning;

import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.topology.Node;

/** Shutting a database, so that it holds still. */
final class Shutting {

    private Shutting() {}

    /**
     * Nobody gets in any more once this has ended. It shares no transaction with what ends the sessions that are there, for
     * until it is committed new ones begin, such as that of the daemon of Citus.
     */
    static PlannedStep step(Node node, String database, String description) {
        return PlannedStep.standalone(
                Stage.SHUT, node, DatabaseStatements.allowConnections(database, false), description);
    }
}

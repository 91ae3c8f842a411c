package org.citustenancy.internal.planning;

import org.citustenancy.internal.sql.CloningStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.topology.Node;

/** The steps by which a database comes to hold still. */
final class Shutting {

    private Shutting() {}

    /** What Citus had prepared on other nodes is finished, through a session in the coordinator's database. */
    static PlannedStep finishPrepared(Node coordinator) {
        return PlannedStep.transactional(
                Stage.CLEAR,
                coordinator,
                CloningStatements.finishPrepared(),
                "finish what was prepared on other nodes");
    }

    /**
     * Nobody gets in any more once this has ended. It shares no transaction with what ends the sessions that are there, for
     * until it is committed new ones begin, such as that of the daemon of Citus.
     */
    static PlannedStep shut(Node node, String database) {
        return PlannedStep.standalone(
                Stage.SHUT,
                node,
                DatabaseStatements.allowConnections(database, false),
                "let nobody at all into the database");
    }

    /** Who is in goes. */
    static PlannedStep endSessions(Stage stage, Node node, String database) {
        return PlannedStep.transactional(
                stage, node, RemovalStatements.endSessions(database), "end the sessions in the database");
    }

    /** What somebody else has prepared is in the way. */
    static PlannedStep refusePrepared(Node node, String database) {
        return PlannedStep.transactional(
                Stage.SHUT,
                node,
                CloningStatements.refusePrepared(database),
                "see that no transaction is prepared in the database");
    }
}

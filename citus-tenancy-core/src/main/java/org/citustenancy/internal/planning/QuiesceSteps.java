package org.citustenancy.internal.planning;

import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.CloningStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.topology.Node;

/** The steps by which a database comes to hold still. */
final class QuiesceSteps {

    private QuiesceSteps() {}

    /** What a node had prepared on other nodes is finished, through a session in the database. */
    static PlannedStep finishPrepared(Node node) {
        return PlannedStep.transactional(
                Stage.CLEAR, node, CloningStatements.finishPrepared(), "finish what was prepared on other nodes");
    }

    /**
     * No user gets in any more once this has ended. It shares no transaction with what ends the sessions that are there, for
     * until it is committed new ones begin.
     */
    static PlannedStep onlySuperusers(Node node, Query closing) {
        return PlannedStep.standalone(Stage.CLOSE, node, closing, "let no user new into the database");
    }

    /** The same for all sessions, the daemon of Citus too, which starts again with every session. */
    static PlannedStep shut(Node node, String database) {
        return shut(node, DatabaseStatements.allowConnections(database, false));
    }

    static PlannedStep shut(Node node, Query closing) {
        return PlannedStep.standalone(Stage.SHUT, node, closing, "allow no connections to the database");
    }

    /** Who is in goes. */
    static PlannedStep endSessions(Stage stage, Node node, String database) {
        return PlannedStep.transactional(
                stage, node, RemovalStatements.endSessions(database), "end the sessions in the database");
    }

    /** A session that was accepted a moment before, and was not visible yet when the others ended, ends too. */
    static PlannedStep endLateSessions(Node node, String database) {
        return PlannedStep.standalone(
                Stage.CLOSE,
                node,
                RemovalStatements.endSessions(database),
                "end the sessions that connected before the database was closed");
    }

    /** Fails if other transactions are prepared. */
    static PlannedStep refusePrepared(Node node, String database) {
        return PlannedStep.transactional(
                Stage.SHUT,
                node,
                CloningStatements.refusePrepared(database),
                "check that no transaction is prepared in the database");
    }
}

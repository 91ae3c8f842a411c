package org.citustenancy.internal.planning;

import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.CloningStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.topology.Node;

/** Plans the steps after which a database has no sessions and no open transactions. */
final class QuiesceSteps {

    private QuiesceSteps() {}

    /**
     * Returns the step that finishes the transactions that a node had prepared on other nodes, through a session in the
     * database.
     */
    static PlannedStep finishPrepared(Node node) {
        return PlannedStep.transactional(
                Stage.CLEAR, node, CloningStatements.finishPrepared(), "finish what was prepared on other nodes");
    }

    /**
     * Returns the step after which no user can connect any more. It shares no transaction with the step that ends the
     * open sessions, because new sessions can start until it is committed.
     */
    static PlannedStep onlySuperusers(Node node, Query closing) {
        return PlannedStep.standalone(Stage.CLOSE, node, closing, "let no user new into the database");
    }

    /** Returns the same step for all sessions, including Citus' daemon, which starts again with every session. */
    static PlannedStep shut(Node node, String database) {
        return shut(node, DatabaseStatements.allowConnections(database, false));
    }

    static PlannedStep shut(Node node, Query closing) {
        return PlannedStep.standalone(Stage.SHUT, node, closing, "allow no connections to the database");
    }

    /** Returns the step that ends the open sessions. */
    static PlannedStep endSessions(Stage stage, Node node, String database) {
        return PlannedStep.transactional(
                stage, node, RemovalStatements.endSessions(database), "end the sessions in the database");
    }

    /**
     * Returns the step that ends a session that was accepted just before and was not yet visible when the other
     * sessions ended.
     */
    static PlannedStep endLateSessions(Node node, String database) {
        return PlannedStep.standalone(
                Stage.CLOSE,
                node,
                RemovalStatements.endSessions(database),
                "end the sessions that connected before the database was closed");
    }

    /** Returns the step that fails if other transactions are prepared. */
    static PlannedStep refusePrepared(Node node, String database) {
        return PlannedStep.transactional(
                Stage.SHUT,
                node,
                CloningStatements.refusePrepared(database),
                "check that no transaction is prepared in the database");
    }
}

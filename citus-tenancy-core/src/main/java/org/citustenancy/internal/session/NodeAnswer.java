package org.citustenancy.internal.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.topology.Node;

/**
 * The answer of a node to a command that was sent through the coordinator.
 *
 * @param node the node
 * @param success whether the command succeeded
 * @param text the first column of the first row, or the error
 */
public record NodeAnswer(Node node, boolean success, String text) {

    /**
     * The SQLSTATE of an error of which only the message arrived. The coordinator passes no SQLSTATE on. A statement
     * that runs inside {@link org.citustenancy.internal.sql.NodeStatements#atomically} reports its own. A statement
     * that PostgreSQL allows outside of transactions only, such as {@code CREATE DATABASE}, cannot.
     */
    public static final String UNKNOWN_STATE = "HY000";

    /** The format in which {@link org.citustenancy.internal.sql.NodeStatements#atomically} reports an error. */
    private static final Pattern STATED = Pattern.compile("^(?:ERROR: +)?\\[(\\w{5})] (\\d+): (.*)$", Pattern.DOTALL);

    private static final Pattern CONNECTION =
            Pattern.compile("failed to connect to |connection (?:lost|to the remote node)|query result unavailable");

    /** The messages by which Citus and the server report a session that ended after it had begun. */
    private static final Pattern SESSION_LOST =
            Pattern.compile("connection (?:lost|not open)|query result unavailable|terminating connection");

    /** Returns the answer to a direct query of a node, in the format of an answer through the coordinator. */
    static NodeAnswer refused(Node node, ServerErrorException refused) {
        String message = refused.serverMessage();
        return new NodeAnswer(
                node,
                false,
                STATED.matcher(message).matches() ? message : "[" + refused.sqlState() + "] 0: " + message);
    }

    /**
     * Returns the answer of a node that ran the command.
     *
     * @param where the place of the command
     * @return the text
     * @throws NodeUnreachableException if the coordinator did not reach the node
     * @throws ServerErrorException if the node refused
     */
    public String orThrow(Place where) {
        if (success) {
            return text;
        }
        if (isUnreachable()) {
            throw new NodeUnreachableException(Failure.of("The coordinator cannot get through to " + node + ": " + text)
                    .where(where.on(node))
                    .state("what the steps before did stands")
                    .fix(
                            "check that the node runs and accepts the admin of the coordinator: where it asks for a password, the "
                                    + "coordinator needs a password file with a line for the admin (PGPASSFILE), or the admin's row "
                                    + "in pg_dist_authinfo of the maintenance database; if a change of the admin's password did "
                                    + "not end, call rotateAdminPassword again; then run the request again; if a "
                                    + "standby of the node took over, call workers().relocate to its address; a node "
                                    + "that is gone for good must be removed from the cluster first"));
        }
        Matcher stated = STATED.matcher(text);
        throw stated.matches()
                ? new ServerErrorException(stated.group(1), stated.group(3), where.on(node))
                : new ServerErrorException(UNKNOWN_STATE, text, where.on(node));
    }

    /**
     * Checks whether the command did not reach the node, or the answer did not return.
     *
     * @return true if the result on the node is unknown
     */
    public boolean isUnreachable() {
        return !success && CONNECTION.matcher(text).find();
    }

    /**
     * Checks whether the node accepted the session, and the session ended before the answer.
     *
     * @return true if the result on the node is unknown
     */
    public boolean isSessionLost() {
        return !success && SESSION_LOST.matcher(text).find();
    }

    /**
     * Returns the number of the statement that failed, of several sent as one.
     *
     * @return from 1; 0 if it is not known
     */
    public int failedStatement() {
        Matcher stated = STATED.matcher(text);
        return !success && stated.matches() ? Integer.parseInt(stated.group(2)) : 0;
    }
}

package org.citustenancy.hikari.internal.nodes;

import java.sql.SQLException;

/** Checks whether a node accepts sessions as the connections of a pool need them. */
@FunctionalInterface
public interface NodeProbe {

    /** The result of a check. */
    enum Answer {
        UP,
        DOWN,
        /** The server refused the login, before it was known whether it accepts writes. */
        UNKNOWN
    }

    /**
     * Opens a session that accepts writes, and closes it.
     *
     * @param timeoutSeconds how long the node may take
     */
    Answer check(int timeoutSeconds);

    /** Returns whether the node itself is the cause of a failure: it is down, hangs, or accepts no writes. */
    static boolean isNodeFailure(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("08") || state.startsWith("57P");
    }
}

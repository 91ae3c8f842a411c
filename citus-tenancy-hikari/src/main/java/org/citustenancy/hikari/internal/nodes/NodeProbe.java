package org.citustenancy.hikari.internal.nodes;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether a node accepts sessions as the connections of a pool need them. */
@FunctionalInterface
public interface NodeProbe {

    /**
     * The result of a check.
     *
     * @param isKnown false if the server refused the login, before it was known whether the node can be used
     * @param failure why it cannot be used, absent if it can
     */
    record Answer(boolean isKnown, Optional<String> failure) {

        /** The node can be used. */
        public static final Answer UP = new Answer(true, Optional.empty());

        /** The server refused the login. */
        public static final Answer UNKNOWN = new Answer(false, Optional.empty());

        /** Returns that the node cannot be used. */
        public static Answer down(@Nullable String failure) {
            return new Answer(true, Optional.of(String.valueOf(failure)));
        }
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

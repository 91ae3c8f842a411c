package org.citustenancy.internal.sql;

/** Statements that reset a session to its initial state. */
public final class SessionStatements {

    private SessionStatements() {}

    /**
     * All that {@code DISCARD ALL} does but for statements that were prepared and their plans: the next user of the session
     * asks the same.
     *
     * @return statements with semicolons between them, outside transactions
     * @see <a href="https://www.postgresql.org/docs/current/sql-discard.html">DISCARD</a>
     */
    public static String forgetting() {
        return String.join(
                "; ",
                "close all",
                "set session authorization default",
                "reset all",
                "unlisten *",
                "select pg_catalog.pg_advisory_unlock_all()",
                "discard temp",
                "discard sequences");
    }
}

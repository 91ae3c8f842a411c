package org.citustenancy.internal.sql;

/** Statements that reset a session to its initial state. */
public final class SessionStatements {

    private SessionStatements() {}

    /**
     * Returns statements with the effect of {@code DISCARD ALL}, except for prepared statements and their plans,
     * because the next user of the session sends the same statements.
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

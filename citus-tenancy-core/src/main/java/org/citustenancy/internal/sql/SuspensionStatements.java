package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Query;

/** Statements that end and start the maintenance daemon of Citus in a database. */
public final class SuspensionStatements {

    private SuspensionStatements() {}

    /**
     * Ends the daemon of another database. The server starts it again only when a new session uses Citus there.
     *
     * @see <a href="https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL">Server
     *     signaling functions</a>
     */
    public static Query endDaemon(String database) {
        return statement(
                "select pg_catalog.pg_terminate_backend(pid) from pg_catalog.pg_stat_activity where datname = {0} "
                        + "and backend_type like 'Citus Maintenance Daemon%'",
                literal(database));
    }

    /** Starts the daemon of the current database, as each statement of a new session does. */
    public static Query startDaemon() {
        return Functions.run("citus_version");
    }
}

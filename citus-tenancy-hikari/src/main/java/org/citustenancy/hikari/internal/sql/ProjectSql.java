package org.citustenancy.hikari.internal.sql;

import java.sql.Connection;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/** What this module asks a project's database itself. */
public final class ProjectSql {

    private ProjectSql() {}

    /**
     * Statements on a connection.
     *
     * @param connection the connection, which stays open
     * @return a context for PostgreSQL
     */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}

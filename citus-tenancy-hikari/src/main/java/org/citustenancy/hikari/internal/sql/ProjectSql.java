package org.citustenancy.hikari.internal.sql;

import java.sql.Connection;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/** Creates jOOQ contexts for this module's own queries on a project's database. */
public final class ProjectSql {

    private ProjectSql() {}

    /**
     * Creates a context on a connection.
     *
     * @param connection the connection, which stays open
     * @return a context for PostgreSQL
     */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES);
    }
}

package org.citustenancy.hikari.internal.sql;

import java.sql.Connection;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/** jOOQ for a project. */
public final class ProjectSql {

    private ProjectSql() {}

    /**
     * Statements on connections of a data source, each borrowed for as long as it takes.
     *
     * @param dataSource the data source
     * @return a context for PostgreSQL
     */
    public static DSLContext on(DataSource dataSource) {
        return DSL.using(dataSource, SQLDialect.POSTGRES);
    }

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

package org.citustenancy.hikari.jooq;

import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPool;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * jOOQ on the connections of a project. The application has {@code org.jooq:jooq} among its dependencies, in the version that it
 * likes.
 *
 * <pre>{@code
 * DSLContext sql = JooqContext.of(pools.pool("app_production", "app_user"));
 * int users = sql.fetchCount(table("users"));
 * }</pre>
 */
public final class JooqContext {

    private JooqContext() {}

    /**
     * jOOQ on a pool.
     *
     * @param pool the pool, each connection of which is borrowed for one statement or one transaction
     * @return a context for PostgreSQL
     */
    public static DSLContext of(ProjectPool pool) {
        return of(pool.dataSource());
    }

    /**
     * jOOQ on a data source, such as the one that follows the current project.
     *
     * @param dataSource the data source, each connection of which is borrowed for one statement or one transaction
     * @return a context for PostgreSQL
     */
    public static DSLContext of(DataSource dataSource) {
        return DSL.using(dataSource, SQLDialect.POSTGRES);
    }
}

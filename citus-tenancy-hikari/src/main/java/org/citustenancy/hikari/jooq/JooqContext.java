package org.citustenancy.hikari.jooq;

import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPool;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * Creates jOOQ contexts on the connections of a project. Your application declares the dependency {@code org.jooq:jooq}
 * in a version of its choice.
 *
 * <pre>{@code
 * DSLContext sql = JooqContext.of(pools.pool("app_production", "app_user"));
 * int users = sql.fetchCount(table("users"));
 * }</pre>
 */
public final class JooqContext {

    private JooqContext() {}

    /**
     * Creates a jOOQ context on a pool.
     *
     * @param pool the pool; each statement or transaction borrows one connection
     * @return a context for PostgreSQL
     */
    public static DSLContext of(ProjectPool pool) {
        return of(pool.dataSource());
    }

    /**
     * Creates a jOOQ context on a data source, such as the one of the current scope.
     *
     * @param dataSource the data source; each statement or transaction borrows one connection
     * @return a context for PostgreSQL
     */
    public static DSLContext of(DataSource dataSource) {
        return DSL.using(dataSource, SQLDialect.POSTGRES);
    }
}

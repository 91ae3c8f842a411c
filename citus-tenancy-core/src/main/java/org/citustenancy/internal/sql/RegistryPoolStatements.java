package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectFrom;
import static org.citustenancy.internal.sql.catalog.RegistryPool.REGISTRY_POOL;

import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;

/** Statements for the pools that applications have declared, in the registry. */
public final class RegistryPoolStatements {

    private RegistryPoolStatements() {}

    /**
     * Returns all declared pools.
     *
     * @return a row per project and application
     */
    public static ResultQuery<Record> all() {
        return selectFrom(REGISTRY_POOL).orderBy(REGISTRY_POOL.project, REGISTRY_POOL.application);
    }

    /**
     * Saves a declared pool, new or changed.
     *
     * @param connections the maximum number of connections
     */
    public static Query declare(String project, String application, int connections) {
        return insertInto(REGISTRY_POOL)
                .set(REGISTRY_POOL.project, project)
                .set(REGISTRY_POOL.application, application)
                .set(REGISTRY_POOL.connections, connections)
                .set(REGISTRY_POOL.declaredAt, currentOffsetDateTime())
                .onConflict(REGISTRY_POOL.project, REGISTRY_POOL.application)
                .doUpdate()
                .set(REGISTRY_POOL.connections, connections)
                .set(REGISTRY_POOL.declaredAt, currentOffsetDateTime());
    }

    /** Removes a declared pool. */
    public static Query withdraw(String project, String application) {
        return deleteFrom(REGISTRY_POOL)
                .where(REGISTRY_POOL.project.eq(project))
                .and(REGISTRY_POOL.application.eq(application));
    }
}

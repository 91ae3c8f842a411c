package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.concat;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the empty template of a node: it contains only Citus and accepts no connections, so that it can be copied
 * at any time. Creating Citus takes a processor a third of a second, copying files a fraction of that.
 *
 * @see <a href="https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">Template databases</a>
 */
public final class EmptyTemplateQueries {

    /** Its name on every node; no project can have it. */
    public static final String NAME = "citus_tenancy_blank";

    private static final String MARK = "New databases of citus-tenancy are copies of this one. Citus ";
    private static final String CITUS = "citus";

    private EmptyTemplateQueries() {}

    /**
     * Returns the comment that marks it as usable.
     *
     * @param version of Citus in it
     * @return a line
     */
    public static String mark(String version) {
        return MARK + version;
    }

    /**
     * Checks whether the node has a finished empty template of the version of Citus in the current database.
     *
     * @return one row if it has
     */
    public static Select<?> usable() {
        return select(PG_DATABASE.name)
                .from(PG_DATABASE)
                .join(PG_EXTENSION)
                .on(PG_EXTENSION.name.eq(inline(CITUS)))
                .where(PG_DATABASE.name.eq(inline(NAME)))
                .and(PG_DATABASE.allowsConnections.isFalse())
                .and(PG_DATABASE.connectionLimit.eq(inline(0)))
                .and(field("pg_catalog.shobj_description({0}, 'pg_database')", SQLDataType.VARCHAR, PG_DATABASE.oid)
                        .eq(concat(inline(MARK), PG_EXTENSION.version)));
    }

    /**
     * Checks whether the node has any database of that name, finished or not.
     *
     * @return one row if it has
     */
    public static Select<?> present() {
        return select(PG_DATABASE.name).from(PG_DATABASE).where(PG_DATABASE.name.eq(inline(NAME)));
    }

    /**
     * Returns the version of Citus in the current database.
     *
     * @return one row
     */
    public static Select<?> version() {
        return select(PG_EXTENSION.version).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(inline(CITUS)));
    }
}

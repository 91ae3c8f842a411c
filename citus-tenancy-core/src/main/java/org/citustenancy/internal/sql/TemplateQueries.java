package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.concat;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;
import static org.citustenancy.internal.sql.catalog.PgShdescription.PG_SHDESCRIPTION;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the templates of a node: databases that accept no connections, with a comment that identifies them.
 *
 * @see <a href="https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">Template databases</a>
 */
public final class TemplateQueries {

    private static final String PURPOSE = "A template of citus-tenancy. ";

    /** The comment of a template that was finished, and of which no more copies are made. */
    public static final String OUTDATED = "A template of citus-tenancy that is out of date";

    /** Whether the node's settings ensure that written data outlives a crash of the machine. */
    public static final Field<Boolean> DURABLE = field(name("durable"), SQLDataType.BOOLEAN);

    private TemplateQueries() {}

    /**
     * Returns the comment that identifies a template.
     *
     * @param mark its contents, and the nodes that they are for
     * @param version of Citus in it, empty if it has none
     * @return a line
     */
    public static String comment(String mark, String version) {
        return PURPOSE + mark + " " + version;
    }

    /**
     * Checks whether the node has a finished template with the given mark and the version of Citus in the current
     * database.
     *
     * @param mark the expected mark
     * @return one row if it has
     */
    public static Select<?> sealed(String template, String mark) {
        Field<String> version = field(
                "coalesce(({0}), '')",
                SQLDataType.VARCHAR,
                select(PG_EXTENSION.version).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(inline("citus"))));
        return select(
                        PG_DATABASE.name,
                        field("pg_catalog.current_setting('fsync')::pg_catalog.bool", SQLDataType.BOOLEAN)
                                .as(DURABLE))
                .from(PG_DATABASE)
                .join(PG_SHDESCRIPTION)
                .on(PG_SHDESCRIPTION.object.eq(PG_DATABASE.oid))
                .and(PG_SHDESCRIPTION.catalog.eq(PG_DATABASE.regclass()))
                .where(PG_DATABASE.name.eq(Sql.value(template)))
                .and(PG_DATABASE.allowsConnections.isFalse())
                .and(PG_SHDESCRIPTION.text.eq(concat(Sql.value(PURPOSE + mark + " "), version)));
    }
}

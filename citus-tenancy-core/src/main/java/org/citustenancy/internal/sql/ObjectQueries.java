package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistObject.PG_DIST_OBJECT;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the objects besides tables that Citus keeps on every node: schemas, functions, types and the like. */
public final class ObjectQueries {

    /** The kind and name of an object, such as {@code schema app}. */
    public static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);

    private ObjectQueries() {}

    /**
     * Returns the distributed objects on this node. Other queries cover tables, roles, databases and extensions.
     *
     * @return a row per object
     * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-OBJECT-TABLE">
     *     pg_identify_object</a>
     */
    public static Select<?> present() {
        Field<String> object = field(
                "(select pg_catalog.concat(i.type, ' ', i.identity) from pg_catalog.pg_identify_object({0}, {1}, 0) as i "
                        + "where i.identity is not null)",
                SQLDataType.VARCHAR, PG_DIST_OBJECT.objectClass, PG_DIST_OBJECT.object);
        return select(object.as(OBJECT))
                .from(PG_DIST_OBJECT)
                .where(PG_DIST_OBJECT.objectClass.notIn(
                        PG_CLASS.regclass(), PG_AUTHID.regclass(), PG_DATABASE.regclass(), PG_EXTENSION.regclass()))
                .and(object.isNotNull());
    }

    /**
     * Checks whether Citus identifies the current database, which is a copy, as the database that it was copied from.
     *
     * @return one row if it does
     */
    public static Select<?> copied() {
        return select(PG_DIST_OBJECT.object)
                .from(PG_DIST_OBJECT)
                .join(PG_DATABASE)
                .on(PG_DATABASE.name.eq(Functions.currentDatabase()))
                .where(PG_DIST_OBJECT.objectClass.eq(PG_DATABASE.regclass()))
                .and(PG_DIST_OBJECT.object.ne(PG_DATABASE.oid))
                .limit(1);
    }
}

package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.not;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgPreparedXacts.PG_PREPARED_XACTS;
import static org.citustenancy.internal.sql.catalog.PgReplicationSlots.PG_REPLICATION_SLOTS;
import static org.citustenancy.internal.sql.catalog.PgShdepend.PG_SHDEPEND;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgSubscription.PG_SUBSCRIPTION;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for obstacles to dropping a database, and for roles that only it uses. Any node can answer. */
public final class RemovalQueries {

    /** The name of the obstacle or role. */
    public static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);

    private RemovalQueries() {}

    /**
     * Returns the database itself.
     *
     * @return a row if the node has it
     */
    public static Select<?> database(String database) {
        return select(PG_DATABASE.name.as(NAME)).from(PG_DATABASE).where(PG_DATABASE.name.eq(Sql.value(database)));
    }

    /**
     * Returns the sessions in a database except the querying one, including those of Citus and of the server itself.
     *
     * @return a row if there is one
     */
    public static Select<?> sessions(String database) {
        return select(PG_STAT_ACTIVITY.database.as(NAME))
                .from(PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.database.eq(Sql.value(database)))
                .and(PG_STAT_ACTIVITY.pid.ne(Functions.ownProcess()))
                .limit(inline(1));
    }

    /**
     * Returns the transactions that were prepared in a database and neither committed nor rolled back.
     *
     * @return a row per transaction
     */
    public static Select<?> preparedTransactions(String database) {
        return select(PG_PREPARED_XACTS.gid.as(NAME))
                .from(PG_PREPARED_XACTS)
                .where(PG_PREPARED_XACTS.database.eq(Sql.value(database)));
    }

    /**
     * Returns the logical replication slots of a database.
     *
     * @return a row per slot
     */
    public static Select<?> replicationSlots(String database) {
        return select(PG_REPLICATION_SLOTS.name.as(NAME))
                .from(PG_REPLICATION_SLOTS)
                .where(PG_REPLICATION_SLOTS.database.eq(Sql.value(database)));
    }

    /**
     * Returns the subscriptions of a database.
     *
     * @return a row per subscription
     */
    public static Select<?> subscriptions(String database) {
        return select(PG_SUBSCRIPTION.name.as(NAME))
                .from(PG_SUBSCRIPTION)
                .where(PG_SUBSCRIPTION.database.eq(oid(database)));
    }

    /**
     * Returns the roles that exist.
     *
     * @param roles the roles to check
     * @return a row per role that the node has
     */
    public static Select<?> roles(Collection<String> roles) {
        return select(PG_AUTHID.name.as(NAME)).from(PG_AUTHID).where(PG_AUTHID.name.in(Sql.values(roles)));
    }

    /**
     * Returns the roles that own objects or have privileges outside some databases.
     *
     * @param roles the roles to check
     * @param databases the databases to ignore
     * @return a row per role
     */
    public static Select<?> rolesNeededElsewhere(Collection<String> roles, Collection<String> databases) {
        Select<Record1<Long>> oids =
                select(PG_DATABASE.oid).from(PG_DATABASE).where(PG_DATABASE.name.in(Sql.values(databases)));
        Condition inside = PG_SHDEPEND.database.in(oids);
        Condition itself = PG_SHDEPEND.dependentClass.eq(PG_DATABASE.regclass()).and(PG_SHDEPEND.dependent.in(oids));
        return selectDistinct(PG_AUTHID.name.as(NAME))
                .from(PG_SHDEPEND)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_SHDEPEND.referenced))
                .where(PG_SHDEPEND.referencedClass.eq(PG_AUTHID.regclass()))
                .and(PG_AUTHID.name.in(Sql.values(roles)))
                .and(not(inside.or(itself)));
    }

    /**
     * Returns the databases in which objects need a role.
     *
     * @return a row per database; the name is empty for objects that databases share
     */
    public static Select<?> databasesThatNeed(String role) {
        return selectDistinct(coalesce(PG_DATABASE.name, inline("")).as(NAME))
                .from(PG_SHDEPEND)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_SHDEPEND.referenced))
                .leftJoin(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_SHDEPEND.database))
                .where(PG_SHDEPEND.referencedClass.eq(PG_AUTHID.regclass()))
                .and(PG_AUTHID.name.eq(Sql.value(role)));
    }

    /** Returns the number of a database; zero, which no object has, if there is none. */
    private static Field<Long> oid(String database) {
        Select<Record1<Long>> oid =
                select(PG_DATABASE.oid).from(PG_DATABASE).where(PG_DATABASE.name.eq(Sql.value(database)));
        return DSL.field("coalesce(({0}), 0)", SQLDataType.BIGINT, oid);
    }
}

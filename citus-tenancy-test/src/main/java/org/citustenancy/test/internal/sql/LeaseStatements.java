package org.citustenancy.test.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;

import java.sql.Connection;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.conf.Settings;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Advisory locks in the maintenance database that show which processes are alive and which templates they use.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory Locks</a>
 */
public final class LeaseStatements {

    private LeaseStatements() {}

    /** Creates a jOOQ context on a connection. */
    public static DSLContext on(Connection connection) {
        return DSL.using(connection, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    }

    /**
     * Takes an exclusive lock if it is free.
     *
     * @param key the lock's name
     * @return a query that returns whether the lock was taken
     */
    public static Select<Record1<Boolean>> tryTake(String key) {
        return select(field("pg_catalog.pg_try_advisory_lock({0})", SQLDataType.BOOLEAN, number(key)));
    }

    /**
     * Waits for a lock and takes it in shared mode.
     *
     * @param key the lock's name
     * @return a query that returns when the lock is taken
     */
    public static Select<?> share(String key) {
        return select(field("pg_catalog.pg_advisory_lock_shared({0})", number(key)));
    }

    /**
     * Releases an exclusive lock.
     *
     * @param key the lock's name
     */
    public static Select<?> release(String key) {
        return select(field("pg_catalog.pg_advisory_unlock({0})", number(key)));
    }

    /**
     * Releases a shared lock.
     *
     * @param key the lock's name
     */
    public static Select<?> releaseShared(String key) {
        return select(field("pg_catalog.pg_advisory_unlock_shared({0})", number(key)));
    }

    private static Field<Long> number(String key) {
        return field("pg_catalog.hashtextextended({0}, 0)", SQLDataType.BIGINT, inline("citus_tenancy/test/" + key));
    }
}

package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/**
 * Statements for locks between users of this library. The statements contain the names of the locks, so that the server
 * shows which session waits for which lock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS">Advisory Locks</a>
 */
public final class LockStatements {

    /** Whether the lock was free. */
    public static final Field<Boolean> TAKEN = field("taken", Boolean.class);

    private LockStatements() {}

    /**
     * Waits for a lock and takes it, until {@link #release} or the end of the session.
     *
     * @param key the lock's name
     */
    public static ResultQuery<? extends Record> acquire(String key) {
        return select(alone(key));
    }

    /**
     * Takes a lock if it is free, until {@link #release} or the end of the session.
     *
     * @param key the lock's name
     * @return one row with {@link #TAKEN}
     */
    public static ResultQuery<? extends Record> tryAcquire(String key) {
        return select(field(
                        "pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended({0}, 0))",
                        Boolean.class, Sql.literal(key))
                .as(TAKEN));
    }

    /**
     * Waits for a shared lock and takes it, until {@link #releaseShared} or the end of the session.
     *
     * @param key the lock's name
     */
    public static ResultQuery<? extends Record> acquireShared(String key) {
        return select(shared(key));
    }

    /**
     * Waits for several locks and takes them, one after the other in the given order.
     *
     * @param alone the name of the first, taken as by {@link #acquire}
     * @param shared the names of the others, taken as by {@link #acquireShared}
     */
    public static ResultQuery<? extends Record> acquire(String alone, List<String> shared) {
        // The server evaluates a select list from left to right.
        return select(Stream.concat(Stream.of(alone(alone)), shared.stream().map(LockStatements::shared))
                .toList());
    }

    /**
     * Returns the locks that another session holds exclusively, without waiting for them.
     *
     * @param keys the locks' names
     * @return a row per lock that is held
     */
    public static ResultQuery<? extends Record> held(List<String> keys) {
        return select(field("l.pid", Integer.class))
                .from(DSL.table("""
                        (select l.pid from pg_catalog.pg_locks as l where l.locktype = 'advisory' and l.granted \
                        and l.mode = 'ExclusiveLock' and l.objsubid = 1 and l.pid <> pg_catalog.pg_backend_pid() \
                        and l.database = (select d.oid from pg_catalog.pg_database as d \
                        where d.datname = pg_catalog.current_database()) \
                        and ((l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8) in (select \
                        pg_catalog.hashtextextended(k.key, 0) from pg_catalog.unnest(array[{0}]::pg_catalog.text[]) as k (key))) \
                        as l""", DSL.list(keys.stream().map(Sql::literal).toList())));
    }

    private static Field<?> alone(String key) {
        return field("pg_catalog.pg_advisory_lock(pg_catalog.hashtextextended({0}, 0))", Sql.literal(key));
    }

    private static Field<?> shared(String key) {
        return field("pg_catalog.pg_advisory_lock_shared(pg_catalog.hashtextextended({0}, 0))", Sql.literal(key));
    }

    /**
     * Releases a shared lock.
     *
     * @param key the lock's name
     */
    public static ResultQuery<? extends Record> releaseShared(String key) {
        return select(
                field("pg_catalog.pg_advisory_unlock_shared(pg_catalog.hashtextextended({0}, 0))", Sql.literal(key)));
    }

    /**
     * Releases a lock.
     *
     * @param key the lock's name
     */
    public static ResultQuery<? extends Record> release(String key) {
        return select(field("pg_catalog.pg_advisory_unlock(pg_catalog.hashtextextended({0}, 0))", Sql.literal(key)));
    }
}

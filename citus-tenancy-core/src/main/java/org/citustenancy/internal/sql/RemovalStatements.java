package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Query;

/** Removes the obstacles to dropping a database. */
public final class RemovalStatements {

    /** The time limit for a terminated session, in milliseconds. */
    private static final int PATIENCE = 5000;

    private RemovalStatements() {}

    /**
     * Ends every session of a database except the querying one, and waits for them a few seconds. All are terminated
     * before it waits for any, because one may wait for another. Those that wait for a lock are terminated first: a
     * writer must not go on when the session that keeps it out ends, because its rows would be lost with the database. The server itself would check only ten times a second
     * whether a session has ended, which is long compared with all later steps.
     */
    public static Query endSessions(String database) {
        return statement("do {0}", literal(Sql.text(statement("""
                        declare
                          terminated integer[] := array(select pid from pg_catalog.pg_stat_activity
                            where datname = {0} and pid <> pg_catalog.pg_backend_pid()
                            order by wait_event_type is not distinct from 'Lock' desc);
                          patience timestamptz := pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => {1} / 1000.0);
                        begin
                          perform pg_catalog.pg_terminate_backend(pid) from pg_catalog.unnest(terminated) as t (pid);
                          loop
                            perform pg_catalog.pg_stat_clear_snapshot();
                            exit when pg_catalog.clock_timestamp() > patience or not exists (
                              select from pg_catalog.pg_stat_activity where datname = {0} and pid = any (terminated));
                            perform pg_catalog.pg_sleep(0.002);
                          end loop;
                        end""", literal(database), literal(PATIENCE)))));
    }

    /**
     * Ends the sessions of all roles in a database that are no superusers, and waits for them a few seconds. A session
     * whose privileges were checked just before is not visible yet, so this repeats until no session has appeared for
     * some time.
     */
    public static Query endSessionsOfUsers(String database) {
        return statement("do {0}", literal(Sql.text(statement("""
                        declare
                          patience timestamptz := pg_catalog.clock_timestamp() + pg_catalog.make_interval(secs => {1} / 1000.0);
                          quiet integer := 0;
                        begin
                          loop
                            perform pg_catalog.pg_stat_clear_snapshot();
                            perform pg_catalog.pg_terminate_backend(a.pid) from pg_catalog.pg_stat_activity as a
                            join pg_catalog.pg_roles as r on r.oid = a.usesysid and not r.rolsuper where a.datname = {0};
                            if found then quiet := 0; else quiet := quiet + 1; end if;
                            exit when quiet > 5 or pg_catalog.clock_timestamp() > patience;
                            perform pg_catalog.pg_sleep(0.002);
                          end loop;
                        end""", literal(database), literal(PATIENCE)))));
    }

    /**
     * Changes a database unless a drop of it was interrupted. PostgreSQL then accepts no statement except another drop.
     */
    public static Query unlessHalfDropped(String database, Query change) {
        return statement("do {0}", literal(Sql.text(statement("""
                        begin
                          if exists (select from pg_catalog.pg_database where datname = {0} and datconnlimit <> -2) then
                            execute {1};
                          end if;
                        end""", literal(database), literal(Sql.text(change))))));
    }

    /**
     * Rolls back a prepared transaction.
     *
     * @param transaction its identifier
     * @return a statement that runs outside transactions, in the database of the transaction
     */
    public static Query rollBackPrepared(String transaction) {
        // Its owner chose the identifier. In this form, it has the same meaning under any setting of the database.
        return statement("rollback prepared E{0}", literal(transaction.replace("\\", "\\\\")));
    }

    /** Drops a replication slot, and ends the session that reads from it. */
    public static Query dropSlot(String slot) {
        return statement("""
                do {0}""", literal(Sql.text(statement("""
                        begin
                          perform pg_catalog.pg_terminate_backend(active_pid, {0})
                          from pg_catalog.pg_replication_slots where slot_name = {1} and active_pid is not null;
                          perform pg_catalog.pg_drop_replication_slot(slot_name)
                          from pg_catalog.pg_replication_slots where slot_name = {1};
                        end""", literal(PATIENCE), literal(slot)))));
    }

    /**
     * Revokes every privilege of a role in the current database and on objects that databases share, and drops its
     * objects in this database.
     */
    public static Query dropOwned(String role) {
        return statement("drop owned by {0}", identifier(role));
    }

    /** Stops a subscription. */
    public static Query disableSubscription(String subscription) {
        return statement("alter subscription {0} disable", identifier(subscription));
    }

    /** Detaches a subscription from its slot on the publisher, which may be unreachable. */
    public static Query detachSubscription(String subscription) {
        return statement("alter subscription {0} set (slot_name = none)", identifier(subscription));
    }

    /** Drops a detached subscription. */
    public static Query dropSubscription(String subscription) {
        return statement("drop subscription if exists {0}", identifier(subscription));
    }
}

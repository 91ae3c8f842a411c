package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Query;

/**
 * Statements that keep a database unchanged while it is copied. PostgreSQL copies no database that has a session or a
 * prepared transaction.
 *
 * @see <a href="https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">Template databases</a>
 */
public final class CloningStatements {

    /** The SQLSTATE of a refusal: object_in_use. */
    public static final String IN_USE = "55006";

    /** The number of checks whether clients have left, with 50 ms in between. */
    private static final int LOOKS = 40;

    private CloningStatements() {}

    /**
     * Finishes the transactions that Citus had prepared on other nodes when a session ended between prepare and commit.
     *
     * @return the statement, for the current database of the coordinator
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
     */
    public static Query finishPrepared() {
        return Functions.run("recover_prepared_transactions");
    }

    /**
     * Fails if a database has client sessions, except those that other nodes opened for a distributed query.
     *
     * @return the statement, for another database
     */
    public static Query refuseClients(String database) {
        return refuse("sessions are open in it", statement("""
                select pg_catalog.concat(usename, ' (', application_name, ')') from pg_catalog.pg_stat_activity \
                where datname = {0} and backend_type = 'client backend' and application_name !~ '^citus_'""", literal(database)));
    }

    /**
     * Fails if a transaction is prepared in a database, because only the session that prepared it can decide whether to
     * commit it.
     *
     * @return the statement, for another database
     */
    public static Query refusePrepared(String database) {
        return refuse(
                "transactions are prepared in it",
                statement("select gid from pg_catalog.pg_prepared_xacts where database = {0}", literal(database)));
    }

    /** Fails if there are names, after some time for sessions that are about to end. */
    private static Query refuse(String what, Query names) {
        return statement(
                "do {0}", literal(Sql.text(statement("""
                declare
                  found text;
                begin
                  for look in 1..{0} loop
                    perform pg_catalog.pg_stat_clear_snapshot();
                    select pg_catalog.string_agg(distinct x.name, ', ') into found from ({1}) as x (name);
                    exit when found is null;
                    perform pg_catalog.pg_sleep(0.05);
                  end loop;
                  if found is not null then
                    raise exception using errcode = {2}, message = pg_catalog.concat({3}, ': ', found);
                  end if;
                end""", literal(LOOKS), names, literal(IN_USE), literal(what)))));
    }
}

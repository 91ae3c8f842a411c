package org.citustenancy.test.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;

import java.sql.Connection;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * The activity in a database, on all nodes: sessions, and rows that were written. The statistics of a database count
 * the rows of catalogs too, so they also show statements that define objects.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html">The Cumulative Statistics System</a>
 */
public final class ActivityStatements {

    /**
     * Without the catalogs that autovacuum and the daemons of Citus write to. Other sessions of the same user are those
     * of clients, and those that Citus opens between nodes for them.
     */
    private static final String NODE = """
            select (select pg_catalog.count(*) from pg_catalog.pg_stat_activity
             where datname = pg_catalog.current_database() and usename = current_user
             and pid <> pg_catalog.pg_backend_pid()) || ' ' ||
            (select tup_inserted + tup_updated + tup_deleted from pg_catalog.pg_stat_database
             where datname = pg_catalog.current_database()) -
            (select coalesce(pg_catalog.sum(n_tup_ins + n_tup_upd + n_tup_del), 0) from pg_catalog.pg_stat_sys_tables
             where schemaname = 'pg_catalog' and (relname ~ '^pg_statistic' or relname ~ '^pg_dist_'))""";

    private static final String WORKERS =
            "(select pg_catalog.string_agg(result, ';')" + " from pg_catalog.run_command_on_workers({0}))";

    private static final String HAS_CITUS = "exists (select from pg_catalog.pg_extension where extname = 'citus')";

    private ActivityStatements() {}

    /**
     * Sessions and writes in a database.
     *
     * @param others the other sessions of the user
     * @param writes the rows that were written since the database exists
     */
    public record Activity(long others, long writes) {}

    /** Returns the activity in the database of a connection. */
    public static Activity of(Connection connection) {
        DSLContext sql = LeaseStatements.on(connection);
        StringBuilder all = new StringBuilder(one(sql, "(" + NODE + ")"));
        if (sql.fetchSingle(select(field(HAS_CITUS, SQLDataType.BOOLEAN))).value1()) {
            String workers = sql.fetchSingle(select(field(WORKERS, SQLDataType.VARCHAR, inline(NODE))))
                    .value1();
            if (workers != null) {
                all.append(';').append(workers);
            }
        }
        long others = 0;
        long writes = 0;
        for (String node : all.toString().split(";", -1)) {
            String[] figures = node.split(" ", -1);
            others += Long.parseLong(figures[0]);
            writes += Long.parseLong(figures[1]);
        }
        return new Activity(others, writes);
    }

    private static String one(DSLContext sql, String query) {
        Record1<String> row = sql.fetchSingle(select(field(query, SQLDataType.VARCHAR)));
        return row.value1();
    }
}

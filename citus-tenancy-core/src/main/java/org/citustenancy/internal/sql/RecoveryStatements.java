package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgPreparedXacts.PG_PREPARED_XACTS;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgStatDatabase.PG_STAT_DATABASE;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Statements for the recovery of distributed transactions. Citus recovers by what a node shows at the moment, and a
 * server in recovery shows no prepared transactions; these statements recover only if each node is the expected server.
 */
public final class RecoveryStatements {

    /** A database's name. */
    public static final Field<String> DATABASE = field(name("database"), SQLDataType.VARCHAR);

    /** The number of rows that were inserted into the database. */
    public static final Field<Long> INSERTED = field(name("inserted"), SQLDataType.BIGINT);

    /** The time between two recoveries of Citus' daemon in milliseconds, -1 if it does not recover. */
    public static final Field<Integer> INTERVAL = field(name("recover_interval"), SQLDataType.INTEGER);

    private static final String SETTING = "citus.recover_2pc_interval";

    /** The query for the identity of a server as one text, in the form of {@link #identity}. */
    private static final String IDENTITY = "select pg_catalog.concat_ws(' ', system_identifier, "
            + "case when pg_catalog.pg_is_in_recovery() then 'standby' "
            + "else pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) end) "
            + "from pg_catalog.pg_control_system()";

    /** Collects the identities of the nodes into an array, as other nodes reach them. */
    private static final String SEEN =
            "select pg_catalog.array_agg(pg_catalog.concat(node_name, ':', node_port, ' ', result) order by node_name, node_port) "
                    + "into {0} from pg_catalog.master_run_on_worker(hosts, ports, "
                    + "pg_catalog.array_fill(identity, array[pg_catalog.cardinality(hosts)]), true);";

    /** The registered nodes as one text. */
    private static final String LISTED =
            "pg_catalog.string_agg(pg_catalog.concat(nodeid, ' ', nodename, ':', nodeport), ', ' order by nodeid)";

    private RecoveryStatements() {}

    /** Returns the text by which {@link #recover} compares a server that accepts writes. */
    public static String identity(String system, String timeline) {
        return system + " " + timeline;
    }

    /**
     * Returns the interval of the daemon's own recovery.
     *
     * @return one row
     */
    public static Select<?> interval() {
        return select(field(
                        "(select setting from pg_catalog.pg_settings where name = {0})",
                        SQLDataType.VARCHAR, inline(SETTING))
                .cast(SQLDataType.INTEGER)
                .as(INTERVAL));
    }

    /** Ends the daemon's own recovery on a server, in all its databases. Needs {@link #reload} to take effect. */
    public static Query disableDaemonRecovery() {
        return statement("alter system set citus.recover_2pc_interval = -1");
    }

    /** Gives the recovery back to the daemon. Needs {@link #reload} to take effect. */
    public static Query enableDaemonRecovery() {
        return statement("alter system reset citus.recover_2pc_interval");
    }

    /** Makes a server read its configuration files. */
    public static Query reload() {
        return Functions.run("pg_reload_conf");
    }

    /**
     * Returns the databases in which a maintenance daemon runs.
     *
     * @return a row per database, with {@link #DATABASE} and {@link #INSERTED}
     */
    public static Select<?> awake() {
        return select(PG_DATABASE.name.as(DATABASE), PG_STAT_DATABASE.inserted.as(INSERTED))
                .from(PG_DATABASE)
                .join(PG_STAT_DATABASE)
                .on(PG_STAT_DATABASE.database.eq(PG_DATABASE.oid))
                .where(PG_DATABASE.name.in(select(PG_STAT_ACTIVITY.database)
                        .from(PG_STAT_ACTIVITY)
                        .where(PG_STAT_ACTIVITY.backendType.like(inline("Citus Maintenance Daemon%")))));
    }

    /**
     * Returns the databases with prepared transactions of Citus.
     *
     * @return a row per database
     */
    public static Select<?> prepared() {
        return selectDistinct(PG_PREPARED_XACTS.database.as(DATABASE))
                .from(PG_PREPARED_XACTS)
                .where(PG_PREPARED_XACTS.gid.like(inline("citus\\_%")));
    }

    /**
     * Recovers the distributed transactions that a node has coordinated in the current database. Fails without a change
     * if one of the nodes that the database lists is not the expected server. Fails too if a node changes meanwhile:
     * then the commit records stay, also those of transactions that were committed on other nodes until then.
     *
     * @param expected {@code host:port} and {@link #identity} of each node, separated by a space
     * @param own the {@link #identity} of the node on which the statement runs
     */
    public static Query recover(Collection<String> expected, String own) {
        return statement(
                "do {0}",
                literal(Sql.text(statement(
                        """
                        declare
                          identity constant pg_catalog.text := {0};
                          hosts pg_catalog.text[];
                          ports pg_catalog.int4[];
                          nodes pg_catalog.text;
                          before pg_catalog.text[];
                          after pg_catalog.text[];
                          unexpected pg_catalog.text;
                          own pg_catalog.text;
                        begin
                          perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                          select pg_catalog.array_agg(nodename::pg_catalog.text), pg_catalog.array_agg(nodeport), {5}
                            into hosts, ports, nodes from pg_catalog.pg_dist_node where isactive and noderole = 'primary';
                          if hosts is null then
                            return;
                          end if;
                          execute identity into own;
                          if own <> {1} then
                            raise exception 'this node is not the expected server: %', own;
                          end if;
                          {2}
                          select seen into unexpected from pg_catalog.unnest(before) as b (seen)
                            where seen <> all (array[{4}]::pg_catalog.text[]) limit 1;
                          if unexpected is not null then
                            raise exception 'a node is not the expected server: %', unexpected;
                          end if;
                          perform pg_catalog.recover_prepared_transactions();
                          {3}
                          execute identity into own;
                          if after <> before or own <> {1} then
                            raise exception 'a node changed during the recovery: %', after;
                          end if;
                          if nodes is distinct from (select {5} from pg_catalog.pg_dist_node
                            where isactive and noderole = 'primary') then
                            raise exception 'the list of nodes changed during the recovery';
                          end if;
                        end""",
                        literal(IDENTITY),
                        literal(own),
                        DSL.sql(SEEN, DSL.sql("before")),
                        DSL.sql(SEEN, DSL.sql("after")),
                        DSL.list(expected.stream().sorted().map(Sql::literal).toList()),
                        DSL.sql(LISTED)))));
    }
}

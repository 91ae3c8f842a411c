package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.createSchemaIfNotExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAvailableExtensions.PG_AVAILABLE_EXTENSIONS;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;

import java.util.Collection;
import java.util.Optional;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.tables.TableName;

/** Statements of a restore in addition to those of {@code pg_restore}. */
public final class RestoreStatements {

    private RestoreStatements() {}

    /**
     * Returns the given extensions that the queried node can create.
     *
     * @return a row per extension, with {@link BackupQueries#NAME}
     */
    public static Select<?> available(Collection<String> extensions) {
        return select(PG_AVAILABLE_EXTENSIONS.name.as(BackupQueries.NAME))
                .from(PG_AVAILABLE_EXTENSIONS)
                .where(PG_AVAILABLE_EXTENSIONS.name.in(
                        extensions.stream().map(Sql::literal).toList()));
    }

    /**
     * Returns the given extensions that only a superuser may create.
     *
     * @return a row per extension, with {@link BackupQueries#NAME}
     */
    public static ResultQuery<? extends Record> untrusted(Collection<String> extensions) {
        return select(BackupQueries.NAME)
                .from(table("""
                        (select e.name from pg_catalog.pg_available_extensions as e \
                        join pg_catalog.pg_available_extension_versions as v on v.name = e.name and v.version = e.default_version \
                        where v.superuser and not v.trusted and e.name in ({0})) as e""", DSL.list(extensions.stream().map(Sql::literal).toList())));
    }

    /**
     * Limits the connections that the session opens to each node, and keeps them open. By default Citus opens up to 16
     * for every statement, and closes them again.
     *
     * @param perNode the limit
     */
    public static ResultQuery<? extends Record> connections(int perNode) {
        return select(
                Functions.setForSession("citus.max_adaptive_executor_pool_size", Integer.toString(perNode)),
                Functions.setForSession("citus.max_cached_conns_per_worker", Integer.toString(perNode)));
    }

    /** Creates a schema that belongs to the current role. */
    public static Query schema(String schema) {
        return createSchemaIfNotExists(name(schema));
    }

    /**
     * Sets the storage options of a columnar table, before it is distributed.
     *
     * @param chunkRows rows of a chunk group
     */
    public static Query columnar(TableName table, int chunkRows, int stripeRows, String compression, int level) {
        return statement(
                "alter table {0} set (columnar.chunk_group_row_limit = {1}, columnar.stripe_row_limit = {2}, "
                        + "columnar.compression = {3}, columnar.compression_level = {4})",
                name(table.schema(), table.table()),
                literal(chunkRows),
                literal(stripeRows),
                literal(compression),
                literal(level));
    }

    /**
     * Distributes a table as one shard on one node.
     *
     * @param colocateWith a rendered table name or {@code none}
     */
    public static ResultQuery<? extends Record> singleShard(TableName table, String colocateWith) {
        return select(field(
                "pg_catalog.create_distributed_table({0}::pg_catalog.regclass, null, colocate_with => {1})",
                regclass(table), literal(colocateWith)));
    }

    /** Adds a local table to the metadata of Citus on the other nodes. */
    public static ResultQuery<? extends Record> manageLocal(TableName table) {
        return select(field("pg_catalog.citus_add_local_table_to_metadata({0}::pg_catalog.regclass)", regclass(table)));
    }

    /** Adds a local table to the metadata of Citus on the other nodes, if it is not there yet. */
    public static ResultQuery<? extends Record> manageLocalUnlessKnown(TableName table) {
        return select(field("pg_catalog.citus_add_local_table_to_metadata({0}::pg_catalog.regclass)", regclass(table)))
                .where(notExists(selectOne()
                        .from(PG_DIST_PARTITION)
                        .where(PG_DIST_PARTITION.relation.eq(
                                field("{0}::pg_catalog.regclass", SQLDataType.BIGINT, regclass(table))))));
    }

    /**
     * Distributes a function, so that it is called on the node of its rows.
     *
     * @param signature the function, with the types of its arguments
     * @param argument the argument that determines the node
     * @param colocateWith a rendered table name, absent for the default
     * @param force whether even from within a transaction
     */
    public static ResultQuery<? extends Record> distributeFunction(
            String signature, Optional<String> argument, Optional<String> colocateWith, boolean force) {
        Field<String> by = argument.<Field<String>>map(Sql::literal).orElse(inline(null, SQLDataType.VARCHAR));
        return select(field(
                "pg_catalog.create_distributed_function({0}::pg_catalog.regprocedure, {1}, colocate_with => {2}, "
                        + "force_delegation => {3})",
                literal(signature), by, literal(colocateWith.orElse("default")), inline(force)));
    }

    /**
     * Sets the value of a sequence on one node.
     *
     * @param last the last value that it returned
     */
    public static ResultQuery<? extends Record> advance(TableName sequence, long last) {
        return select(field(
                "pg_catalog.setval({0}::pg_catalog.regclass, {1}, true)",
                SQLDataType.BIGINT, regclass(sequence), inline(last)));
    }

    /**
     * Sets the last value of a sequence on the worker of a group, through the coordinator; does nothing without such a
     * worker.
     *
     * @param group the worker's group
     */
    public static ResultQuery<? extends Record> advanceOnGroup(TableName sequence, int group, long last) {
        Select<?> there = select(field(
                        "pg_catalog.setval({0}::pg_catalog.regclass, {1}, true)",
                        SQLDataType.BIGINT, regclass(sequence), inline(last)))
                .where(field("(select l.groupid from pg_catalog.pg_dist_local_group as l)", SQLDataType.INTEGER)
                        .eq(inline(group)));
        return select(field("success"), field("result"))
                .from(table("pg_catalog.run_command_on_workers({0})", literal(Sql.text(there))));
    }

    /** Refreshes a materialised view. */
    public static Query refresh(TableName view) {
        return statement("refresh materialized view {0}", name(view.schema(), view.table()));
    }

    /**
     * Counts the rows of a table.
     *
     * @param local whether it is an ordinary one, from which others may inherit
     * @return a query to fetch, with {@link BackupQueries#NUMBER}
     */
    public static ResultQuery<? extends Record> count(TableName table, boolean local) {
        return select(field(
                        local ? "(select pg_catalog.count(*) from only {0})" : "(select pg_catalog.count(*) from {0})",
                        SQLDataType.BIGINT,
                        name(table.schema(), table.table()))
                .as(BackupQueries.NUMBER));
    }

    private static Param<String> regclass(TableName table) {
        return literal(TableStatements.quoted(table.schema(), table.table()));
    }
}

package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.tables.TableName;

/** Queries for shards that are filled directly. */
public final class FillQueries {

    /**
     * Types whose hash depends on the value alone. The hash of an enumeration or of a {@code regclass} depends on a
     * number that every database, and every node, assigns itself.
     */
    private static final List<Param<String>> HASHED_BY_VALUE = Stream.of(
                    "int2",
                    "int4",
                    "int8",
                    "numeric",
                    "float4",
                    "float8",
                    "bool",
                    "text",
                    "varchar",
                    "bpchar",
                    "bytea",
                    "uuid",
                    "date",
                    "time",
                    "timetz",
                    "timestamp",
                    "timestamptz",
                    "interval",
                    "inet",
                    "cidr",
                    "macaddr",
                    "macaddr8",
                    "jsonb")
            .map(Sql::literal)
            .toList();

    private FillQueries() {}

    /**
     * Returns the placements of shards that have only one, and whose nodes can decide by hash which rows belong to
     * them.
     *
     * @return a row per shard, in the format of {@link BackupQueries#shards()}
     */
    public static ResultQuery<? extends Record> filledDirectly() {
        return BackupQueries.shards(PG_DIST_PARTITION
                        .method
                        .cast(SQLDataType.VARCHAR)
                        .eq(inline("n"))
                        .or(PG_DIST_PARTITION
                                .method
                                .cast(SQLDataType.VARCHAR)
                                .eq(inline("h"))
                                .and(typeOfColumn().in(HASHED_BY_VALUE))))
                .having(count().eq(inline(1)));
    }

    private static Field<String> typeOfColumn() {
        return field(
                "(select t.typname from pg_catalog.pg_attribute as a join pg_catalog.pg_type as t on t.oid = a.atttypid "
                        + "where t.typnamespace = 'pg_catalog'::pg_catalog.regnamespace and a.attrelid = {0} "
                        + "and a.attname = pg_catalog.column_to_column_name({0}, {1}))",
                SQLDataType.VARCHAR, PG_DIST_PARTITION.relation, PG_DIST_PARTITION.key);
    }

    /**
     * Counts the rows in a shard that belong to another shard.
     *
     * @param shard the shard, on the queried node
     * @param column the distribution column
     * @param range the hash values of the shard
     * @return a query to fetch, with {@link BackupQueries#NUMBER}
     */
    public static ResultQuery<? extends Record> misplaced(TableName shard, String column, HashRange range) {
        return select(count().cast(SQLDataType.BIGINT).as(BackupQueries.NUMBER))
                .from(table("{0}", name(shard.schema(), shard.table())))
                .where(
                        "(pg_catalog.worker_hash({0}) between {1} and {2}) is not true",
                        name(column), inline(range.first()), inline(range.last()));
    }
}

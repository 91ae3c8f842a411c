package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.RegistryContentsStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.statistics.TableFigures;
import org.citustenancy.statistics.TableOnNode;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.jspecify.annotations.Nullable;

/** Writes the contents of a project into the registry, and reads them. */
final class ContentsEncoding {

    private static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);
    private static final Field<String> HOST = field(name("host"), SQLDataType.VARCHAR);
    private static final Field<Integer> PORT = field(name("port"), SQLDataType.INTEGER);
    private static final Field<Long> SIZE = field(name("size"), SQLDataType.BIGINT);
    private static final Field<Long> TABLE_BYTES = field(name("tables"), SQLDataType.BIGINT);
    private static final Field<Long> INDEX_BYTES = field(name("indexes"), SQLDataType.BIGINT);
    private static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);
    private static final Field<Long> SHARD_BYTES = field(name("shard_bytes"), SQLDataType.BIGINT);
    private static final Field<Long> LARGEST = field(name("largest"), SQLDataType.BIGINT);
    private static final Field<Long> ROWS = field(name("rows"), SQLDataType.BIGINT);
    private static final Field<Integer> POSITION = field(name("position"), SQLDataType.INTEGER);
    private static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);
    private static final Field<String> TABLE = field(name("table"), SQLDataType.VARCHAR);
    private static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);
    private static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);
    private static final Field<String> COLUMN = field(name("distribution_column"), SQLDataType.VARCHAR);
    private static final Field<Integer> COLOCATION = field(name("colocation"), SQLDataType.INTEGER);

    private static final Field<?>[] STORAGE = {ROLE, HOST, PORT, SIZE, TABLE_BYTES, INDEX_BYTES, SHARDS, SHARD_BYTES};
    private static final Field<?>[] TABLES = {SCHEMA, TABLE, OWNER, KIND, COLUMN, COLOCATION, SHARDS};
    private static final Field<?>[] PARTS = {POSITION, ROLE, HOST, PORT, SHARDS, TABLE_BYTES, INDEX_BYTES, LARGEST, ROWS
    };

    private ContentsEncoding() {}

    /** Returns the statement that saves the contents of a project of which every node has answered. */
    static Query save(String project, ProjectContents contents) {
        Result<Record> storage = Sql.newRows(STORAGE);
        contents.storage().forEach(part -> storage.add(row(part)));
        Result<Record> tables = Sql.newRows(TABLES);
        Result<Record> parts = Sql.newRows(PARTS);
        for (TableFigures table : contents.tables()) {
            int position = tables.size();
            tables.add(row(table));
            table.nodes().forEach(part -> parts.add(row(position, part)));
        }
        return RegistryContentsStatements.save(
                project,
                storage.formatJSON(),
                tables.formatJSON(),
                parts.formatJSON(),
                contents.at().atOffset(ZoneOffset.UTC));
    }

    private static Record row(StorageOnNode part) {
        Record row = placed(part.node(), STORAGE);
        part.size().ifPresent(size -> row.set(SIZE, size));
        row.set(TABLE_BYTES, part.tables());
        row.set(INDEX_BYTES, part.indexes());
        row.set(SHARDS, part.shards());
        row.set(SHARD_BYTES, part.shardBytes());
        return row;
    }

    private static Record row(TableFigures table) {
        TableInfo info = table.table();
        Record row = Sql.newRow(TABLES);
        row.set(SCHEMA, info.name().schema());
        row.set(TABLE, info.name().table());
        row.set(OWNER, table.owner());
        row.set(KIND, info.kind().name());
        info.distributionColumn().ifPresent(column -> row.set(COLUMN, column));
        info.colocation().ifPresent(colocation -> row.set(COLOCATION, colocation));
        info.shards().ifPresent(shards -> row.set(SHARDS, shards));
        return row;
    }

    private static Record row(int position, TableOnNode part) {
        Record row = placed(part.node(), PARTS);
        row.set(POSITION, position);
        row.set(SHARDS, part.shards());
        row.set(TABLE_BYTES, part.tableBytes());
        row.set(INDEX_BYTES, part.indexBytes());
        row.set(LARGEST, part.largestShard());
        part.estimatedRows().ifPresent(rows -> row.set(ROWS, rows));
        return row;
    }

    private static Record placed(Node node, Field<?>... fields) {
        Record row = Sql.newRow(fields);
        row.set(ROLE, node.role().name());
        row.set(HOST, node.host());
        row.set(PORT, node.port());
        return row;
    }

    /** Returns the contents that a row of the registry has. */
    static ProjectContents read(Record saved) {
        List<StorageOnNode> storage = Sql.rows(saved.get(REGISTRY_CONTENTS.storage)).stream()
                .map(row -> new StorageOnNode(
                        node(row),
                        large(row.get(SIZE)),
                        row.get(TABLE_BYTES),
                        row.get(INDEX_BYTES),
                        row.get(SHARDS),
                        row.get(SHARD_BYTES)))
                .toList();
        Map<Integer, List<TableOnNode>> parts = new HashMap<>();
        Sql.rows(saved.get(REGISTRY_CONTENTS.parts))
                .forEach(row -> parts.computeIfAbsent(row.get(POSITION), first -> new ArrayList<>())
                        .add(new TableOnNode(
                                node(row),
                                row.get(SHARDS),
                                row.get(TABLE_BYTES),
                                row.get(INDEX_BYTES),
                                row.get(LARGEST),
                                large(row.get(ROWS)))));
        List<TableFigures> tables = new ArrayList<>();
        Sql.rows(saved.get(REGISTRY_CONTENTS.tables))
                .forEach(row -> tables.add(new TableFigures(
                        new TableInfo(
                                new TableName(row.get(SCHEMA), row.get(TABLE)),
                                TableKind.valueOf(row.get(KIND)),
                                Optional.ofNullable(row.get(COLUMN)),
                                number(row.get(COLOCATION)),
                                number(row.get(SHARDS))),
                        row.get(OWNER),
                        parts.getOrDefault(tables.size(), List.of()),
                        List.of())));
        return new ProjectContents(
                storage, tables, List.of(), saved.get(REGISTRY_CONTENTS.readAt).toInstant());
    }

    private static Node node(Record row) {
        return new Node(NodeRole.valueOf(row.get(ROLE)), row.get(HOST), row.get(PORT));
    }

    private static OptionalLong large(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalInt number(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}

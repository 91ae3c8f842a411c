package org.citustenancy.internal.statistics;

import static org.citustenancy.internal.sql.RegistryContentsStatements.COLOCATION;
import static org.citustenancy.internal.sql.RegistryContentsStatements.COLUMN;
import static org.citustenancy.internal.sql.RegistryContentsStatements.HOST;
import static org.citustenancy.internal.sql.RegistryContentsStatements.INDEX_BYTES;
import static org.citustenancy.internal.sql.RegistryContentsStatements.KIND;
import static org.citustenancy.internal.sql.RegistryContentsStatements.LARGEST;
import static org.citustenancy.internal.sql.RegistryContentsStatements.OWNER;
import static org.citustenancy.internal.sql.RegistryContentsStatements.PORT;
import static org.citustenancy.internal.sql.RegistryContentsStatements.POSITION;
import static org.citustenancy.internal.sql.RegistryContentsStatements.ROLE;
import static org.citustenancy.internal.sql.RegistryContentsStatements.ROWS;
import static org.citustenancy.internal.sql.RegistryContentsStatements.SCHEMA;
import static org.citustenancy.internal.sql.RegistryContentsStatements.SHARDS;
import static org.citustenancy.internal.sql.RegistryContentsStatements.SHARD_BYTES;
import static org.citustenancy.internal.sql.RegistryContentsStatements.SIZE;
import static org.citustenancy.internal.sql.RegistryContentsStatements.TABLE;
import static org.citustenancy.internal.sql.RegistryContentsStatements.TABLE_BYTES;
import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;

import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
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

    private ContentsEncoding() {}

    /** Returns the statement that saves the contents of a project of which every node has answered. */
    static Query save(String project, ProjectContents contents) {
        Result<Record> storage = RegistryContentsStatements.storage();
        contents.storage().forEach(part -> write(part, Sql.addRow(storage)));
        Result<Record> tables = RegistryContentsStatements.tables();
        Result<Record> parts = RegistryContentsStatements.parts();
        for (TableFigures table : contents.tables()) {
            int position = tables.size();
            write(table, Sql.addRow(tables));
            table.nodes().forEach(part -> write(position, part, Sql.addRow(parts)));
        }
        return RegistryContentsStatements.save(
                project,
                storage.formatJSON(),
                tables.formatJSON(),
                parts.formatJSON(),
                contents.at().atOffset(ZoneOffset.UTC));
    }

    private static void write(StorageOnNode part, Record row) {
        write(part.node(), row);
        part.size().ifPresent(size -> row.set(SIZE, size));
        row.set(TABLE_BYTES, part.tables());
        row.set(INDEX_BYTES, part.indexes());
        row.set(SHARDS, part.shards());
        row.set(SHARD_BYTES, part.shardBytes());
    }

    private static void write(TableFigures table, Record row) {
        TableInfo info = table.table();
        row.set(SCHEMA, info.name().schema());
        row.set(TABLE, info.name().table());
        row.set(OWNER, table.owner());
        row.set(KIND, info.kind().name());
        info.distributionColumn().ifPresent(column -> row.set(COLUMN, column));
        info.colocation().ifPresent(colocation -> row.set(COLOCATION, colocation));
        info.shards().ifPresent(shards -> row.set(SHARDS, shards));
    }

    private static void write(int position, TableOnNode part, Record row) {
        write(part.node(), row);
        row.set(POSITION, position);
        row.set(SHARDS, part.shards());
        row.set(TABLE_BYTES, part.tableBytes());
        row.set(INDEX_BYTES, part.indexBytes());
        row.set(LARGEST, part.largestShard());
        part.estimatedRows().ifPresent(rows -> row.set(ROWS, rows));
    }

    private static void write(Node node, Record row) {
        row.set(ROLE, node.role().name());
        row.set(HOST, node.host());
        row.set(PORT, node.port());
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

package org.citustenancy.internal.backup.dump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.HashRange;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.tables.TableName;

/**
 * Divides the rows of a project into parts of similar size. A part is a set of shards of one table on one node, or a
 * whole table if it is on the coordinator or if all rows are read through it.
 */
final class RowPartition {

    private static final long PART_BYTES = 64L << 20;

    /**
     * The layouts of tables that have shards when rows are restored. Shards of other tables are created when the rows
     * exist.
     */
    private static final Set<TableLayout> SHARDED =
            Set.of(TableLayout.DISTRIBUTED, TableLayout.SINGLE_SHARD, TableLayout.SCHEMA);

    private final ConsistentSnapshot moment;
    private final List<RowPart> parts = new ArrayList<>();

    RowPartition(ConsistentSnapshot moment) {
        this.moment = moment;
    }

    /** Returns the parts, the largest first, so that no large part is left for a single worker at the end. */
    List<RowPart> divide(List<BackedUpTable> tables) {
        Map<Integer, Map<TableName, Long>> sizes = new HashMap<>();
        moment.views().forEach(view -> sizes.put(view.node().group(), sizes(view)));
        Map<TableName, Map<Integer, List<RowSource>>> shards = moment.isFenced() ? Map.of() : shards();
        for (BackedUpTable table : tables) {
            if (!table.partitioned()) {
                shards.getOrDefault(table.name(), Map.of(0, List.of(new RowSource(table.name(), Optional.empty()))))
                        .forEach((group, sources) ->
                                add(table, view(group, table), sources, sizes.getOrDefault(group, Map.of())));
            }
        }
        return parts.stream()
                .sorted(Comparator.comparingLong(RowPart::bytes).reversed())
                .toList();
    }

    private ConsistentSnapshot.View view(int group, BackedUpTable table) {
        return moment.of(group)
                .orElseThrow(() -> new NodeUnreachableException(Failure.of("A shard of " + table.name()
                                + " lies on node group " + group + ", which is no node of the cluster any more")
                        .state("nothing that could be used")
                        .fix("check that every shard has a placement (verify), and run the backup again")));
    }

    private void add(
            BackedUpTable table, ConsistentSnapshot.View view, List<RowSource> sources, Map<TableName, Long> sizes) {
        boolean byShard = !moment.isFenced() && SHARDED.contains(table.layout());
        List<RowSource> together = new ArrayList<>();
        long bytes = 0;
        for (RowSource source : sources) {
            long size = sizes.getOrDefault(source.relation(), 0L);
            if (!together.isEmpty() && bytes + size > PART_BYTES) {
                parts.add(new RowPart(parts.size() + 1, table, view, byShard, together, bytes));
                together = new ArrayList<>();
                bytes = 0;
            }
            together.add(source);
            bytes += size;
        }
        parts.add(new RowPart(parts.size() + 1, table, view, byShard, together, bytes));
    }

    private Map<TableName, Map<Integer, List<RowSource>>> shards() {
        Map<TableName, Map<Integer, List<RowSource>>> shards = new HashMap<>();
        for (Record row : moment.coordinator().session().fetch(BackupQueries.shards())) {
            String schema = row.get(BackupQueries.SCHEMA);
            shards.computeIfAbsent(new TableName(schema, row.get(BackupQueries.NAME)), name -> new LinkedHashMap<>())
                    .computeIfAbsent(row.get(BackupQueries.NODE_GROUP), group -> new ArrayList<>())
                    .add(new RowSource(new TableName(schema, row.get(BackupQueries.SHARD)), range(row)));
        }
        return shards;
    }

    private static Optional<HashRange> range(Record row) {
        return Optional.ofNullable(row.get(BackupQueries.FIRST))
                .map(first -> new HashRange(first, row.get(BackupQueries.LAST)));
    }

    private static Map<TableName, Long> sizes(ConsistentSnapshot.View view) {
        Map<TableName, Long> sizes = new HashMap<>();
        view.session()
                .fetch(BackupQueries.sizes())
                .forEach(row -> sizes.put(
                        new TableName(row.get(BackupQueries.SCHEMA), row.get(BackupQueries.NAME)),
                        row.get(BackupQueries.NUMBER)));
        return sizes;
    }
}

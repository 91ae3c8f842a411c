package org.citustenancy.internal.backup.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.DistributedFunction;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.TableName;

/**
 * Builds the statements that give the empty tables, the schemas and the functions of a project the layout in its
 * manifest. Colocation groups come in their old order, because new tables join the first group that fits.
 */
public final class LayoutStatements {

    private final BackupManifest manifest;
    private final Map<Integer, TableName> groups = new HashMap<>();
    private final List<Query> statements = new ArrayList<>();

    private LayoutStatements(BackupManifest manifest) {
        this.manifest = manifest;
    }

    /**
     * Returns the statements for a manifest.
     *
     * @return the statements to run on the coordinator, one after another, when the tables exist
     */
    public static List<Query> of(BackupManifest manifest) {
        LayoutStatements layout = new LayoutStatements(manifest);
        layout.collect();
        return List.copyOf(layout.statements);
    }

    private void collect() {
        manifest.tables().forEach(this::store);
        List<BackedUpTable> tables =
                manifest.tables().stream().filter(table -> !table.partition()).toList();
        tables.stream()
                .filter(table -> table.layout() == TableLayout.REFERENCE)
                .forEach(table -> statements.add(TableStatements.reference(
                        table.name().schema(), table.name().table())));
        tables.stream()
                .filter(table -> table.group().isPresent())
                .sorted(Comparator.comparingInt(table -> table.group().getAsInt()))
                .forEach(this::distribute);
        manifest.objects().schemas().forEach(schema -> statements.add(TableStatements.distributeSchema(schema)));
        manifest.objects().functions().forEach(this::distribute);
    }

    private void store(BackedUpTable table) {
        table.columnar()
                .ifPresent(options -> statements.add(RestoreStatements.columnar(
                        table.name(),
                        options.chunkGroupRowLimit(),
                        options.stripeRowLimit(),
                        options.compression(),
                        options.compressionLevel())));
    }

    private void distribute(BackedUpTable table) {
        int group = table.group().orElseThrow();
        String partner = Optional.ofNullable(groups.putIfAbsent(group, table.name()))
                .map(LayoutStatements::quoted)
                .orElse("none");
        if (table.layout() == TableLayout.SINGLE_SHARD) {
            statements.add(RestoreStatements.singleShard(table.name(), partner));
            return;
        }
        Integer shards = manifest.objects().groups().get(group);
        statements.add(TableStatements.distribute(
                table.name(),
                table.column().orElseThrow(),
                partner,
                partner.equals("none") && shards != null ? OptionalInt.of(shards) : OptionalInt.empty(),
                // Foreign keys are created afterwards.
                false));
    }

    private void distribute(DistributedFunction function) {
        Optional<String> partner = function.group().isPresent()
                ? Optional.ofNullable(groups.get(function.group().getAsInt())).map(LayoutStatements::quoted)
                : Optional.empty();
        statements.add(RestoreStatements.distributeFunction(
                function.signature(), function.argument(), partner, function.forceDelegation()));
    }

    private static String quoted(TableName table) {
        return TableStatements.quoted(table.schema(), table.table());
    }
}

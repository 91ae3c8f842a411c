package org.citustenancy.internal.backup.restore;

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
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.TableName;

/**
 * Distributes the empty tables of a project as its backup says. Groups come in their old order, since new tables join the
 * first that fits.
 */
final class Distributing {

    private final Session session;
    private final BackupManifest manifest;
    private final Map<Integer, TableName> groups = new HashMap<>();

    Distributing(Session session, BackupManifest manifest) {
        this.session = session;
        this.manifest = manifest;
    }

    void run() {
        manifest.tables().forEach(this::store);
        List<BackedUpTable> tables =
                manifest.tables().stream().filter(table -> !table.partition()).toList();
        tables.stream()
                .filter(table -> table.layout() == TableLayout.REFERENCE)
                .forEach(table -> session.fetch(TableStatements.reference(
                        table.name().schema(), table.name().table())));
        tables.stream()
                .filter(table -> table.group().isPresent())
                .sorted(Comparator.comparingInt(table -> table.group().getAsInt()))
                .forEach(this::distribute);
        manifest.objects().schemas().forEach(schema -> session.fetch(TableStatements.distributeSchema(schema)));
        manifest.objects().functions().forEach(this::distribute);
    }

    /** Those that a foreign key brings along are there by then. */
    void manageLocalTables(List<BackedUpTable> found) {
        Map<TableName, TableLayout> now = new HashMap<>();
        found.forEach(table -> now.put(table.name(), table.layout()));
        manifest.tables().stream()
                .filter(table -> table.layout() == TableLayout.MANAGED_LOCAL && !table.partition())
                .filter(table -> now.get(table.name()) == TableLayout.LOCAL)
                .forEach(table -> session.fetch(RestoreStatements.manageLocal(table.name())));
    }

    private void store(BackedUpTable table) {
        table.columnar()
                .ifPresent(options -> session.execute(RestoreStatements.columnar(
                        table.name(),
                        options.chunkGroupRowLimit(),
                        options.stripeRowLimit(),
                        options.compression(),
                        options.compressionLevel())));
    }

    private void distribute(BackedUpTable table) {
        int group = table.group().orElseThrow();
        String partner = Optional.ofNullable(groups.putIfAbsent(group, table.name()))
                .map(Distributing::quoted)
                .orElse("none");
        if (table.layout() == TableLayout.SINGLE_SHARD) {
            session.fetch(RestoreStatements.singleShard(table.name(), partner));
            return;
        }
        Integer shards = manifest.objects().groups().get(group);
        session.fetch(TableStatements.distribute(
                table.name().schema(),
                table.name().table(),
                table.column().orElseThrow(),
                partner,
                partner.equals("none") && shards != null ? OptionalInt.of(shards) : OptionalInt.empty()));
    }

    private void distribute(DistributedFunction function) {
        Optional<String> partner = function.group().isPresent()
                ? Optional.ofNullable(groups.get(function.group().getAsInt())).map(Distributing::quoted)
                : Optional.empty();
        session.fetch(RestoreStatements.distributeFunction(
                function.signature(), function.argument(), partner, function.forceDelegation()));
    }

    private static String quoted(TableName table) {
        return TableStatements.quoted(table.schema(), table.table());
    }
}

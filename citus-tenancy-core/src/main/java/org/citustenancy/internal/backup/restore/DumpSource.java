package org.citustenancy.internal.backup.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.backup.dumped.DumpedTable;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.TableLayout;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.backup.store.ArchiveList;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.UserOptions;

/** A file of {@code pg_dump}, with its description by the caller. */
final class DumpSource implements RestoreSource {

    private final DumpedProject dump;

    /** Opens an existing dump. */
    DumpSource(DumpedProject dump) {
        this.dump = dump;
        if (!Files.isReadable(dump.archive())) {
            throw new BackupException(Failure.of(dump.archive() + " is not there, or cannot be read")
                    .state("nothing was touched")
                    .fix("name a file or directory that pg_dump wrote"));
        }
    }

    @Override
    public Optional<String> name() {
        return Optional.empty();
    }

    @Override
    public Path archive() {
        return dump.archive();
    }

    @Override
    public void check(ArchiveList entries) {
        manifest().tables().stream()
                .map(BackedUpTable::name)
                .filter(table -> !entries.hasTable(table))
                .findFirst()
                .ifPresent(missing -> {
                    throw new NotFoundException(Failure.of(dump.archive() + " has no table " + missing)
                            .state("nothing was touched")
                            .fix("name tables that are in it; pg_restore --list shows them"));
                });
    }

    /** Returns the owner in the caller's description. No project is known from which the file comes. */
    @Override
    public Optional<String> owner() {
        return Optional.of(dump.owner());
    }

    @Override
    public boolean countsRows() {
        return false;
    }

    @Override
    public void fill(RestoreContext work) {
        work.meter().phase(BackupPhase.ROWS);
        work.schema().rows(work.options().parallelism());
        work.meter().phase(BackupPhase.AFTER_ROWS);
    }

    @Override
    public BackupManifest manifest() {
        Map<TableName, Integer> groups = new HashMap<>();
        SortedMap<Integer, Integer> shards = new TreeMap<>();
        List<BackedUpTable> tables = new ArrayList<>();
        for (DumpedTable table : dump.tables()) {
            int group = table.colocatedWith()
                    .map(partner -> groups.getOrDefault(partner, 0))
                    .orElse(groups.size() + 1);
            groups.put(table.name(), group);
            table.shards().ifPresent(count -> shards.put(group, count));
            tables.add(
                    table(table.name(), TableLayout.DISTRIBUTED, Optional.of(table.column()), OptionalInt.of(group)));
        }
        dump.references()
                .forEach(table ->
                        tables.add(table(table, TableLayout.REFERENCE, Optional.empty(), OptionalInt.empty())));
        return new BackupManifest(
                new Origin("", Instant.EPOCH, 0, "", "", "dump", Optional.empty()),
                new ProjectSettings(
                        List.of(new BackedUpUser(dump.owner(), AccessLevel.OWNER, UserOptions.STANDARD)),
                        OptionalInt.empty(),
                        new TreeMap<>(),
                        new TreeSet<>(),
                        Optional.empty()),
                new Needs(List.of(), List.of()),
                new DistributedObjects(shards, dump.schemas(), List.of()),
                tables,
                List.of(),
                List.of(),
                false,
                new StoredFile(String.valueOf(dump.archive().getFileName()), 0, 0, ""));
    }

    private static BackedUpTable table(TableName name, TableLayout layout, Optional<String> column, OptionalInt group) {
        return new BackedUpTable(name, layout, column, group, false, false, Optional.empty(), List.of(), List.of());
    }
}

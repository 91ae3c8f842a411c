package org.citustenancy.internal.backup.dump;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.DistributedObjects;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.PartQueries;
import org.citustenancy.tables.TableName;

/** Removes the contents of a project that do not belong to the requested tables. */
public final class WantedTables {

    private final Session session;
    private final Set<TableName> named;

    /** Creates a filter for the requested tables. */
    public WantedTables(Session session, List<TableName> named) {
        this.session = session;
        this.named = Set.copyOf(named);
    }

    /**
     * Returns the contents that belong to the tables: their partitions, their own sequences, and their distributed
     * schemas.
     *
     * @return the remaining contents
     * @throws NotFoundException if a table does not exist
     */
    public Contents of(Contents all) {
        refuseUnknown(all);
        Map<TableName, Set<TableName>> parents = pairs(PartQueries.partitions());
        List<BackedUpTable> tables = all.tables().stream()
                .filter(table -> isWanted(table.name(), parents))
                .toList();
        Set<TableName> wanted = tables.stream().map(BackedUpTable::name).collect(Collectors.toSet());
        Set<String> schemas = wanted.stream().map(TableName::schema).collect(Collectors.toSet());
        Map<TableName, Set<TableName>> owners = pairs(PartQueries.ownedSequences());
        return new Contents(
                all.postgres(),
                all.citus(),
                new Needs(List.of(), all.needs().roles()),
                new DistributedObjects(
                        all.objects().groups(),
                        all.objects().schemas().stream()
                                .filter(schemas::contains)
                                .toList(),
                        List.of()),
                tables,
                all.sequences().stream()
                        .filter(sequence -> owners.getOrDefault(sequence.name(), Set.of()).stream()
                                .anyMatch(wanted::contains))
                        .toList(),
                List.of());
    }

    private boolean isWanted(TableName table, Map<TableName, Set<TableName>> parents) {
        return named.contains(table)
                || parents.getOrDefault(table, Set.of()).stream().anyMatch(named::contains);
    }

    private void refuseUnknown(Contents all) {
        Set<TableName> unknown = new HashSet<>(named);
        all.tables().forEach(table -> unknown.remove(table.name()));
        if (!unknown.isEmpty()) {
            throw new NotFoundException(Failure.of("The project has no table " + unknown)
                    .where(session.place())
                    .state("nothing that could be used")
                    .fix("name tables of it"));
        }
    }

    private Map<TableName, Set<TableName>> pairs(ResultQuery<? extends Record> query) {
        Map<TableName, Set<TableName>> pairs = new HashMap<>();
        session.fetch(query).forEach(row -> pairs.computeIfAbsent(
                        new TableName(row.get(BackupQueries.SCHEMA), row.get(BackupQueries.NAME)),
                        name -> new HashSet<>())
                .add(new TableName(row.get(PartQueries.TABLE_SCHEMA), row.get(PartQueries.TABLE_NAME))));
        return pairs;
    }
}

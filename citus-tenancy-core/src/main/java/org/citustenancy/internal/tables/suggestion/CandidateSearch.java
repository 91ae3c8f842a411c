package org.citustenancy.internal.tables.suggestion;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.tables.rules.ForeignKey;
import org.citustenancy.internal.tables.rules.ObservedTable;
import org.citustenancy.internal.tables.rules.ObservedTable.Column;
import org.citustenancy.internal.tables.rules.ObservedTable.KeyKind;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;

/**
 * Finds what tables could be distributed by: the keys of tables, with the columns of other tables that reference them or
 * have the name of such a reference, and columns that many tables have.
 */
final class CandidateSearch {

    /** So many candidates are planned. */
    private static final int LIMIT = 12;

    private final List<ObservedTable> tables;
    private final List<ForeignKey> foreignKeys;
    private final Map<String, List<ObservedTable>> byColumn;

    /**
     * Creates the search.
     *
     * @param tables the tables that may be distributed by a column
     */
    CandidateSearch(ObservedTables observed, Collection<TableName> tables) {
        this.tables = tables.stream()
                .flatMap(name -> observed.find(name).stream())
                .filter(table -> !table.is(TableKind.REFERENCE))
                .toList();
        this.foreignKeys = observed.foreignKeys();
        this.byColumn = this.tables.stream()
                .flatMap(table -> table.columns().stream()
                        .filter(CandidateSearch::canDistribute)
                        .map(column -> Map.entry(column.name(), table)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, TreeMap::new, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static boolean canDistribute(Column column) {
        return column.hashable() && !column.generated();
    }

    /** Returns the candidates, those with the most tables first. */
    List<Candidate> find() {
        Stream<Candidate> existing = tables.stream()
                .flatMap(table -> table.info().distributionColumn().stream())
                .filter(byColumn::containsKey)
                .map(Candidate::ofColumn);
        Stream<Candidate> shared = byColumn.entrySet().stream()
                .filter(entry ->
                        entry.getValue().size() > 1 && 2 * entry.getValue().size() >= tables.size())
                .filter(entry -> isKeyOrReference(entry.getKey()))
                .map(entry -> Candidate.ofColumn(entry.getKey()));
        return Stream.of(existing, tables.stream().flatMap(this::ofKeys), shared)
                .flatMap(Function.identity())
                .distinct()
                .sorted(Comparator.comparingInt((Candidate candidate) -> -reach(candidate)))
                .limit(LIMIT)
                .toList();
    }

    /** Checks whether a column is a number or name of something, not a property such as the time of a change. */
    private static boolean isKeyOrReference(String column) {
        return !Candidate.isGeneric(column)
                && column.matches(
                        "(?i).+_?(id|uuid|key|code|no|number)|.*(tenant|account|company|customer|organi[sz]ation).*");
    }

    private int reach(Candidate candidate) {
        Set<TableName> reached = new LinkedHashSet<>();
        if (!Candidate.isGeneric(candidate.column())) {
            byColumn.getOrDefault(candidate.column(), List.of()).forEach(table -> reached.add(table.name()));
        }
        candidate.root().ifPresent(root -> {
            reached.add(root.table());
            referencing(root).forEach(key -> reached.add(key.from().table()));
        });
        return reached.size();
    }

    private Stream<Candidate> ofKeys(ObservedTable table) {
        return table.obstacles().keys().stream()
                .filter(key -> key.kind() != KeyKind.EXCLUSION
                        && key.columns().size() == 1
                        && key.form().plain())
                .map(key -> key.columns().get(0))
                .distinct()
                .flatMap(name -> table.column(name).stream())
                .filter(CandidateSearch::canDistribute)
                .map(key -> Candidate.ofRoot(table.name(), key.name(), column(table, key)));
    }

    /** Returns the name that most other tables have the key of a table in. */
    private String column(ObservedTable root, Column key) {
        Map<String, Long> names = referencing(new Candidate.Root(root.name(), key.name()))
                .flatMap(reference -> reference.columnFor(key.name()).stream())
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        Optional<String> referencing =
                names.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
        return referencing
                .or(() -> usualNames(root.name().table(), key.name()).stream()
                        .filter(name -> byColumn.getOrDefault(name, List.of()).stream()
                                .anyMatch(other ->
                                        !other.equals(root) && other.type(name).equals(key.type())))
                        .findFirst())
                .orElse(key.name());
    }

    private Stream<ForeignKey> referencing(Candidate.Root root) {
        return foreignKeys.stream()
                .filter(key -> key.to().table().equals(root.table()) && !key.referencesItself())
                .filter(key -> key.columnFor(root.key()).isPresent());
    }

    /** Returns the names that columns usually have which reference a key, without a foreign key. */
    private static List<String> usualNames(String table, String key) {
        if (!key.equalsIgnoreCase("id") && !key.equalsIgnoreCase("uuid")) {
            return List.of(key);
        }
        String singular = table.endsWith("ies")
                ? table.substring(0, table.length() - "ies".length()) + "y"
                : table.endsWith("s") ? table.substring(0, table.length() - 1) : table;
        return List.of(singular + "_" + key, table + "_" + key, singular + key, table + key);
    }
}

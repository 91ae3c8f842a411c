package org.citustenancy.internal.tables.suggestion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.sql.KeyStatements;
import org.citustenancy.internal.tables.rules.ForeignKey;
import org.citustenancy.internal.tables.rules.ObservedTable;
import org.citustenancy.internal.tables.rules.ObservedTable.KeyKind;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;

/**
 * The changes that give keys and foreign keys of tables the distribution columns that Citus requires of them: a primary
 * key {@code (id)} becomes {@code (company_id, id)}, and the foreign keys that reference it follow.
 *
 * <p>Foreign keys that connect tables in a circle are dropped before and added again after the rules are applied, because
 * none of these tables can be the first.
 *
 * <p>A key stays as it is if a foreign key references it that cannot follow, and a foreign key stays as it is without such
 * a key. What stays is a problem of the plan.
 */
final class KeyChanges {

    private final ObservedTables observed;
    private final Map<TableName, String> columns = new LinkedHashMap<>();
    private final Map<TableName, Set<ObservedTable.Key>> keys = new LinkedHashMap<>();
    private final Map<ForeignKey, ForeignKey> foreignKeys = new LinkedHashMap<>();
    private final Set<ForeignKey> circular = new LinkedHashSet<>();
    private final Set<ForeignKey> merged = new LinkedHashSet<>();

    /**
     * Finds the changes.
     *
     * @param observed the tables as they are
     * @param columns the distribution column of each table that is to be distributed
     * @param references the tables that are to be reference tables
     * @param followed whether Citus follows foreign keys from these tables to local ones
     */
    KeyChanges(ObservedTables observed, Map<TableName, String> columns, Set<TableName> references, boolean followed) {
        this.observed = observed;
        columns.forEach((name, column) -> observed.find(name)
                .filter(table -> table.is(TableKind.LOCAL))
                .ifPresent(table -> {
                    this.columns.put(name, column);
                    keys.put(name, new LinkedHashSet<>(replaceable(table, column)));
                }));
        observed.foreignKeys().forEach(key -> replaced(key).ifPresent(other -> foreignKeys.put(key, other)));
        dropWhatCannotFollow();
        if (followed) {
            makeKeysOfWholeTables();
        }
        findCircles(Stream.concat(this.columns.keySet().stream(), references.stream())
                .filter(name -> observed.find(name)
                        .filter(table -> table.is(TableKind.LOCAL))
                        .isPresent())
                .toList());
    }

    /**
     * Makes the foreign keys of single partitions those of their table. Citus follows foreign keys when it adds local tables
     * to its metadata, and refuses those of single partitions.
     */
    private void makeKeysOfWholeTables() {
        Set<ForeignKey> whole = new LinkedHashSet<>();
        for (ForeignKey key : observed.foreignKeys()) {
            TableName table = key.from().table();
            if (key.name().holder().equals(table) || !columns.containsKey(table)) {
                continue;
            }
            ForeignKey other = foreignKeys.getOrDefault(key, key);
            if (whole.add(new ForeignKey(new ForeignKey.Name(table, ""), other.from(), other.to(), other.actions()))) {
                ForeignKey.Name name = new ForeignKey.Name(table, key.name().text());
                foreignKeys.put(key, new ForeignKey(name, other.from(), other.to(), other.actions()));
            } else {
                foreignKeys.remove(key);
                merged.add(key);
            }
        }
    }

    /** Finds the foreign keys that close a circle of tables, when they are followed one after another. */
    private void findCircles(List<TableName> moved) {
        Map<TableName, Set<TableName>> reachable = new LinkedHashMap<>();
        moved.forEach(table -> reachable.put(table, new LinkedHashSet<>(Set.of(table))));
        for (ForeignKey key : observed.foreignKeys()) {
            TableName from = key.from().table();
            Set<TableName> behind = reachable.get(key.to().table());
            if (key.referencesItself() || behind == null || !reachable.containsKey(from)) {
                continue;
            }
            if (behind.contains(from)) {
                circular.add(key);
            } else {
                Set<TableName> added = Set.copyOf(behind);
                reachable.values().stream().filter(set -> set.contains(from)).forEach(set -> set.addAll(added));
            }
        }
    }

    private static List<ObservedTable.Key> replaceable(ObservedTable table, String column) {
        return table.obstacles().keys().stream()
                .filter(key -> key.kind() != KeyKind.EXCLUSION && key.form().plain())
                .filter(key -> !key.columns().contains(column))
                .toList();
    }

    /** Returns what replaces a foreign key, absent if Citus accepts it as it is, or if nothing can replace it. */
    private Optional<ForeignKey> replaced(ForeignKey key) {
        String from = columns.get(key.from().table());
        String to = columns.get(key.to().table());
        if (from == null) {
            return Optional.empty();
        }
        if (key.from().columns().contains(from)) {
            return key.actions().changesOnDelete() || key.actions().changesOnUpdate()
                    ? Optional.of(withoutActions(key, key.from(), key.to()))
                    : Optional.empty();
        }
        if (to == null || key.to().columns().contains(to)) {
            return Optional.empty();
        }
        return Optional.of(withoutActions(
                key,
                new ForeignKey.Side(
                        key.from().table(), prepended(from, key.from().columns())),
                new ForeignKey.Side(key.to().table(), prepended(to, key.to().columns()))));
    }

    /** Citus refuses actions that would change the distribution column. */
    private static ForeignKey withoutActions(ForeignKey key, ForeignKey.Side from, ForeignKey.Side to) {
        ForeignKey.Actions actions = key.actions();
        return new ForeignKey(
                key.name(),
                from,
                to,
                new ForeignKey.Actions(
                        actions.changesOnDelete() ? "a" : actions.onDelete(),
                        actions.changesOnUpdate() ? "a" : actions.onUpdate(),
                        actions.deferral()));
    }

    private void dropWhatCannotFollow() {
        boolean changed;
        do {
            changed = foreignKeys
                    .values()
                    .removeIf(key -> !hasUnique(key.to().table(), key.to().columns()));
            for (ForeignKey key : observed.foreignKeys()) {
                Set<ObservedTable.Key> replaced = keys.get(key.to().table());
                if (replaced != null && !foreignKeys.containsKey(key)) {
                    changed |= replaced.removeIf(unique -> Set.copyOf(unique.columns())
                            .equals(Set.copyOf(key.to().columns())));
                }
            }
        } while (changed);
    }

    private boolean hasUnique(TableName table, List<String> wanted) {
        return keysAfter(table)
                .anyMatch(key -> key.kind() != KeyKind.EXCLUSION
                        && key.columns().size() == wanted.size()
                        && Set.copyOf(key.columns()).equals(Set.copyOf(wanted)));
    }

    private Stream<ObservedTable.Key> keysAfter(TableName table) {
        Set<ObservedTable.Key> replaced = keys.getOrDefault(table, Set.of());
        return observed.find(table).stream()
                .flatMap(found -> found.obstacles().keys().stream())
                .map(key -> replaced.contains(key) ? replacement(table, key) : key);
    }

    private ObservedTable.Key replacement(TableName table, ObservedTable.Key key) {
        List<String> longer = prepended(columns.getOrDefault(table, ""), key.columns());
        return new ObservedTable.Key(key.name(), key.kind(), longer, longer, key.form());
    }

    private static List<String> prepended(String column, List<String> others) {
        return Stream.concat(Stream.of(column), others.stream()).toList();
    }

    /** Returns the number of keys and foreign keys that change. */
    int size() {
        return keys.values().stream().mapToInt(Set::size).sum() + foreignKeys.size() + circular.size() + merged.size();
    }

    /** Returns the statements that come before the rules are applied, in an order in which they can run. */
    List<String> statements() {
        List<String> statements = new ArrayList<>();
        Stream.of(foreignKeys.keySet(), circular, merged)
                .flatMap(Set::stream)
                .distinct()
                .forEach(key -> statements.add(KeyStatements.dropConstraint(
                        key.name().holder(), key.name().text())));
        keys.forEach((table, replaced) -> replaced.forEach(key -> {
            TableName holder = key.form().holder();
            List<String> longer = replacement(table, key).columns();
            if (!key.form().constraint()) {
                statements.add(KeyStatements.dropIndex(holder, key.name()));
                statements.add(KeyStatements.createUniqueIndex(holder, key.name(), longer));
                return;
            }
            statements.add(KeyStatements.dropConstraint(holder, key.name()));
            statements.add(
                    key.kind() == KeyKind.PRIMARY
                            ? KeyStatements.addPrimaryKey(holder, key.name(), longer)
                            : KeyStatements.addUnique(holder, key.name(), longer));
        }));
        foreignKeys.keySet().stream()
                .filter(key -> !circular.contains(key))
                .forEach(key -> statements.add(addedAgain(key)));
        return statements;
    }

    /** Returns the statements that come after the rules are applied. */
    List<String> afterwards() {
        return circular.stream().map(this::addedAgain).toList();
    }

    private String addedAgain(ForeignKey before) {
        ForeignKey other = foreignKeys.get(before);
        return other == null ? added(before) : added(other) + lostActions(before, other);
    }

    private static String added(ForeignKey key) {
        ForeignKey.Actions actions = key.actions();
        return KeyStatements.addForeignKey(
                key.name().holder(),
                key.name().text(),
                new KeyStatements.Reference(
                        key.from().columns(), key.to().table(), key.to().columns()),
                new KeyStatements.Behavior(
                        actions.onDelete(),
                        actions.onUpdate(),
                        switch (actions.deferral()) {
                            case NOT_DEFERRABLE -> "";
                            case DEFERRABLE -> "deferrable";
                            case INITIALLY_DEFERRED -> "deferrable initially deferred";
                        }));
    }

    private static String lostActions(ForeignKey before, ForeignKey after) {
        boolean deletes = !before.actions().onDelete().equals(after.actions().onDelete());
        boolean updates = !before.actions().onUpdate().equals(after.actions().onUpdate());
        if (!deletes && !updates) {
            return "";
        }
        return " /* without its action on "
                + (deletes && updates ? "delete and update" : deletes ? "delete" : "update")
                + ", which would change the distribution column */";
    }

    /** Returns the tables as they are after the changes. */
    ObservedTables applied() {
        Map<TableName, ObservedTable> tables = new LinkedHashMap<>();
        observed.tables()
                .forEach((name, table) -> tables.put(
                        name,
                        new ObservedTable(
                                table.info(),
                                table.owner(),
                                table.traits(),
                                table.columns(),
                                new ObservedTable.Obstacles(
                                        keysAfter(name).toList(),
                                        table.obstacles().triggers(),
                                        table.obstacles().policies()))));
        return new ObservedTables(
                tables,
                observed.partitions(),
                observed.foreignKeys().stream()
                        .filter(key -> !circular.contains(key) && !merged.contains(key))
                        .map(key -> foreignKeys.getOrDefault(key, key))
                        .toList(),
                observed.schemas());
    }
}

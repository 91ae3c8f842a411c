package org.citustenancy.internal.tables.rules;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.tables.rules.ObservedTable.Trait;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;

/**
 * Orders the tables to be changed so that foreign keys allow it: reference tables before the tables that reference them,
 * then distributed tables before those that reference them. Local tables with foreign keys to reference tables are added
 * to the metadata of Citus at the end, because Citus distributes no table of its metadata that another one of them
 * references.
 */
final class StepOrder {

    private final ObservedTables observed;
    private final Map<TableName, Target> targets;
    private final List<TableName> references;
    private final Set<TableName> alone = new LinkedHashSet<>();
    private final List<TableName> distributed;

    StepOrder(ObservedTables observed, Map<TableName, Target> targets, Problems problems) {
        this.observed = observed;
        this.targets = targets;
        this.references = sorted(changed(TableKind.REFERENCE), cycle -> {});
        Set<TableName> ready = new LinkedHashSet<>();
        for (TableName table : references) {
            if (referencedBy(table).allMatch(other -> ready.contains(other) || is(other, TableKind.REFERENCE))) {
                alone.add(table);
            }
            ready.add(table);
        }
        this.distributed = sorted(
                changed(TableKind.DISTRIBUTED),
                cycle -> problems.add(
                        Kind.FOREIGN_KEY,
                        cycle.get(0),
                        "Foreign keys or colocations connect tables to be distributed in a circle, so that none of them "
                                + "can be the first: "
                                + cycle.stream().map(TableName::toString).collect(Collectors.joining(", ")),
                        "drop one of the foreign keys, apply the rules, and add it again"));
    }

    /** Returns the tables that become reference tables, in order. */
    List<TableName> references() {
        return references;
    }

    /** Checks whether local tables that reference a new reference table can stay out of the metadata at first. */
    boolean isAlone(TableName reference) {
        return alone.contains(reference);
    }

    /** Returns the tables that are distributed by a column, in order. */
    List<TableName> distributed() {
        return distributed;
    }

    /** Checks whether foreign keys lead from or to a table. */
    boolean hasForeignKeys(TableName table) {
        return observed.foreignKeys().stream().anyMatch(key -> key.isOf(table));
    }

    /** Returns the local tables that are in the metadata of Citus once the reference tables exist. */
    Set<TableName> managed() {
        Set<TableName> managed = new LinkedHashSet<>();
        observed.tables().values().stream()
                .filter(table -> table.is(TableKind.LOCAL) && table.has(Trait.MANAGED))
                .map(ObservedTable::name)
                .forEach(managed::add);
        references.stream()
                .filter(table -> !alone.contains(table))
                .forEach(table -> managed.addAll(connected(table, name -> is(name, TableKind.LOCAL))));
        return managed;
    }

    /** Returns the groups of local tables to be added to the metadata of Citus. */
    List<List<TableName>> toMetadata() {
        Set<TableName> managed = managed();
        Set<TableName> seen = new LinkedHashSet<>();
        List<List<TableName>> found = new ArrayList<>();
        for (TableName table : targets.keySet()) {
            if (staysLocal(table) && !managed.contains(table) && seen.add(table)) {
                Set<TableName> group = connected(table, this::staysLocal);
                seen.addAll(group);
                if (group.stream().anyMatch(this::touchesReference)) {
                    found.add(List.copyOf(group));
                }
            }
        }
        return found;
    }

    /** Returns the tables that foreign keys connect with local tables that are added to the metadata of Citus. */
    Set<TableName> connectedWithMetadata() {
        Set<TableName> connected = new LinkedHashSet<>();
        toMetadata().forEach(group -> connected.addAll(connected(group.get(0), name -> true)));
        return connected;
    }

    private boolean staysLocal(TableName table) {
        Target target = targets.get(table);
        return target != null && target.is(TableKind.LOCAL) && is(table, TableKind.LOCAL);
    }

    private boolean touchesReference(TableName table) {
        return observed.foreignKeys().stream()
                .filter(key -> key.isOf(table))
                .flatMap(key -> Stream.of(key.from().table(), key.to().table()))
                .map(targets::get)
                .anyMatch(target -> target != null && target.is(TableKind.REFERENCE));
    }

    private boolean is(TableName table, TableKind kind) {
        return observed.find(table).map(found -> found.is(kind)).orElse(false);
    }

    private List<TableName> changed(TableKind kind) {
        return targets.entrySet().stream()
                .filter(target -> target.getValue().is(kind) && is(target.getKey(), TableKind.LOCAL))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns other tables that a table references. */
    private Stream<TableName> referencedBy(TableName table) {
        return observed.foreignKeys().stream()
                .filter(key -> key.from().table().equals(table) && !key.referencesItself())
                .map(key -> key.to().table());
    }

    private Stream<TableName> needed(TableName table) {
        Target target = targets.get(table);
        return Stream.concat(
                referencedBy(table), target == null ? Stream.of() : target.options().colocatedWith().stream());
    }

    /** Returns tables after those that they need; those in a circle last. */
    private List<TableName> sorted(List<TableName> tables, CycleListener cycles) {
        List<TableName> sorted = new ArrayList<>();
        Set<TableName> left = new LinkedHashSet<>(tables);
        while (!left.isEmpty()) {
            List<TableName> next = left.stream()
                    .filter(table -> needed(table).noneMatch(left::contains))
                    .toList();
            if (next.isEmpty()) {
                cycles.found(inCircle(left));
                sorted.addAll(left);
                return sorted;
            }
            sorted.addAll(next);
            next.forEach(left::remove);
        }
        return sorted;
    }

    /** Leaves out the tables that only need those of a circle. */
    private List<TableName> inCircle(Set<TableName> left) {
        Set<TableName> circle = new LinkedHashSet<>(left);
        List<TableName> outside;
        do {
            outside = circle.stream()
                    .filter(table ->
                            circle.stream().noneMatch(other -> needed(other).anyMatch(table::equals)))
                    .toList();
            outside.forEach(circle::remove);
        } while (!outside.isEmpty());
        return List.copyOf(circle);
    }

    private interface CycleListener {
        void found(List<TableName> cycle);
    }

    /** Returns a table and all that foreign keys connect to it through tables of a kind. */
    private Set<TableName> connected(TableName start, Predicate<TableName> through) {
        Set<TableName> seen = new LinkedHashSet<>(Set.of(start));
        Deque<TableName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            TableName table = open.remove();
            observed.foreignKeys().stream()
                    .filter(key -> key.isOf(table))
                    .flatMap(key -> Stream.of(key.from().table(), key.to().table()))
                    .filter(through)
                    .filter(seen::add)
                    .forEach(open::add);
        }
        return seen;
    }
}

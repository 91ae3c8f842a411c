package org.citustenancy.internal.tables.rules;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;

/**
 * The tables that are to be distributed, grouped by colocation: those with distribution columns of the same type and the
 * same number of shards, unless a rule says otherwise.
 */
final class ColocationGroups {

    private static final String ALONE = "alone ";

    private final ObservedTables observed;
    private final Map<TableName, Target> targets;
    private final Map<TableName, String> groups = new LinkedHashMap<>();

    ColocationGroups(ObservedTables observed, Map<TableName, Target> targets) {
        this.observed = observed;
        this.targets = targets;
        targets.forEach((name, target) -> {
            if (target.is(TableKind.DISTRIBUTED)) {
                groups.put(name, group(name));
            }
        });
    }

    private String group(TableName table) {
        TableName root = root(table);
        Target target = targets.get(root);
        if (target == null) {
            return "of " + root;
        }
        Distribution how = target.options();
        return how.alone()
                ? ALONE + root
                : observed.find(root).map(found -> found.type(target.column())).orElse("") + " " + how.shardCount();
    }

    /** Returns the table whose options decide about the group of a table. */
    private TableName root(TableName table) {
        Set<TableName> seen = new LinkedHashSet<>();
        TableName root = table;
        while (seen.add(root)) {
            Optional<TableName> next = Optional.ofNullable(targets.get(root))
                    .flatMap(target -> target.options().colocatedWith());
            if (next.isEmpty()) {
                return root;
            }
            root = next.get();
        }
        return root;
    }

    /** Checks whether two tables are, or will be, colocated. */
    boolean together(TableName one, TableName other) {
        Optional<TableInfo> first = distributed(one);
        Optional<TableInfo> second = distributed(other);
        if (first.isPresent() && second.isPresent()) {
            return first.get().colocation().equals(second.get().colocation());
        }
        return groups.containsKey(one) && groups.get(one).equals(groups.get(other));
    }

    private Optional<TableInfo> distributed(TableName name) {
        return observed.find(name).map(ObservedTable::info).filter(info -> info.kind() == TableKind.DISTRIBUTED);
    }

    /** Adds the tables that cannot be, or are not, colocated as their rules say. */
    void check(Problems problems) {
        targets.forEach((name, target) -> {
            if (target.is(TableKind.DISTRIBUTED)) {
                observed.find(name).ifPresent(table -> check(table, target, problems));
            }
        });
    }

    private void check(ObservedTable table, Target target, Problems problems) {
        Optional<TableName> partner = target.options().colocatedWith();
        if (partner.isPresent() && observed.find(partner.get()).isEmpty()) {
            problems.add(
                    Kind.NOT_FOUND,
                    table.name(),
                    "The rule " + target.rule() + " colocates " + table.name() + " with " + partner.get()
                            + ", which does not exist",
                    "create that table, or name another one");
            return;
        }
        if (partner.isPresent() && !groups.containsKey(partner.get())) {
            problems.add(
                    Kind.DISTRIBUTED_OTHERWISE,
                    table.name(),
                    "The rule " + target.rule() + " colocates " + table.name() + " with " + partner.get()
                            + ", which no rule distributes by a column",
                    "add a rule that distributes " + partner.get());
            return;
        }
        neighbour(table, target).ifPresent(neighbour -> checkTypes(table, target, neighbour, problems));
        if (table.is(TableKind.DISTRIBUTED)) {
            difference(table, target)
                    .ifPresent(failure -> problems.add(
                            Kind.DISTRIBUTED_OTHERWISE,
                            table.name(),
                            failure.what() + " (" + target.rule() + ")",
                            failure.fix() + ", with undistribute(\"" + table.name() + "\"), or change the rule"));
        } else {
            checkOwner(table, problems);
        }
    }

    /** Without a common owner, only Citus can find the group, and it does not for a table that is colocated with no other. */
    private void checkOwner(ObservedTable table, Problems problems) {
        Optional<ObservedTable> root = observed.find(root(table.name()));
        if (groups.getOrDefault(table.name(), "").startsWith(ALONE)) {
            root.filter(other -> !other.owner().equals(table.owner()))
                    .ifPresent(other -> problems.add(
                            Kind.OWNER,
                            table.name(),
                            "The table " + table.name() + " of \"" + table.owner() + "\" must be colocated with "
                                    + other.name() + " of \"" + other.owner() + "\"",
                            "give both to one role with ALTER TABLE ... OWNER TO"));
        }
    }

    private void checkTypes(ObservedTable table, Target target, TableName neighbour, Problems problems) {
        String column = targets.getOrDefault(neighbour, target).column();
        String type = table.type(target.column());
        String wanted =
                observed.find(neighbour).map(other -> other.type(column)).orElse(type);
        if (!type.equals(wanted)) {
            problems.add(
                    Kind.COLUMN_TYPE,
                    table.name(),
                    "The column \"" + target.column() + "\" of " + table.name() + " is of type " + type
                            + ", but \"" + column + "\" of " + neighbour + ", with which " + target.rule()
                            + " colocates it, is of type " + wanted,
                    "give both columns the same type with ALTER TABLE ... ALTER COLUMN ... TYPE, or add rules that "
                            + "distribute the tables apart");
        }
    }

    /** Returns the table by whose column the type of a table's column is measured. */
    private Optional<TableName> neighbour(ObservedTable table, Target target) {
        if (target.options().colocatedWith().isPresent()) {
            return target.options().colocatedWith();
        }
        if (!target.together()) {
            return Optional.empty();
        }
        List<TableName> sameRule = targets.entrySet().stream()
                .filter(other -> other.getValue().rule().equals(target.rule()))
                .map(Map.Entry::getKey)
                .toList();
        Map<String, Long> types = sameRule.stream()
                .collect(Collectors.groupingBy(
                        name -> observed.find(name)
                                .map(other -> other.type(target.column()))
                                .orElse(""),
                        LinkedHashMap::new,
                        Collectors.counting()));
        // A distributed table's column is harder to change, and most tables are right.
        return sameRule.stream()
                .max(Comparator.comparing((TableName name) -> distributed(name).isPresent())
                        .thenComparing(name -> types.getOrDefault(
                                observed.find(name)
                                        .map(other -> other.type(target.column()))
                                        .orElse(""),
                                0L)))
                .filter(name -> !name.equals(table.name()));
    }

    private Optional<Failure> difference(ObservedTable table, Target target) {
        Optional<TableInfo> partner = target.options()
                .colocatedWith()
                .or(() -> target.together() ? anchor(table.name()) : Optional.empty())
                .flatMap(this::distributed);
        List<TableName> neighbours = observed.tables().values().stream()
                .filter(other -> other.is(TableKind.DISTRIBUTED))
                .filter(other -> other.info().colocation().equals(table.info().colocation()))
                .map(ObservedTable::name)
                .filter(name -> !name.equals(table.name()))
                // Those that rules colocate with it may be there.
                .filter(name -> !groups.getOrDefault(name, "").equals(groups.get(table.name())))
                .toList();
        return new DistributionComparison(table.info(), neighbours)
                .difference(target.column(), partner, target.options());
    }

    /** Returns the first table of a group that is distributed. */
    private Optional<TableName> anchor(TableName table) {
        String group = groups.getOrDefault(table, "");
        return groups.entrySet().stream()
                .filter(other -> other.getValue().equals(group))
                .map(Map.Entry::getKey)
                .filter(name -> distributed(name).isPresent())
                .findFirst();
    }

    /**
     * Returns the options with which a table joins its group.
     *
     * @param before the tables that earlier steps distribute
     */
    Distribution options(TableName table, List<TableName> before, Target target) {
        if (target.options().alone()) {
            return target.options();
        }
        Optional<TableName> partner = partner(table, before, target);
        if (partner.isPresent()) {
            return new Distribution(partner, false, OptionalInt.empty());
        }
        // Citus finds the group by the type and the number of shards.
        OptionalInt shards = anchor(table)
                .flatMap(this::distributed)
                .map(TableInfo::shards)
                .orElseGet(() -> Optional.ofNullable(targets.get(root(table)))
                        .map(root -> root.options().shardCount())
                        .orElseGet(OptionalInt::empty));
        return new Distribution(Optional.empty(), false, shards);
    }

    /** Returns the table of the group with which to colocate: tables that move together need the same owner. */
    private Optional<TableName> partner(TableName table, List<TableName> before, Target target) {
        String owner = observed.find(table).map(ObservedTable::owner).orElse("");
        Optional<TableName> existing = anchor(table);
        return groups.entrySet().stream()
                .filter(other -> other.getValue().equals(groups.get(table)))
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(table))
                .filter(name -> existing.isPresent()
                        ? distributed(name)
                                .filter(info -> existing.flatMap(this::distributed)
                                        .map(TableInfo::colocation)
                                        .equals(Optional.of(info.colocation())))
                                .isPresent()
                        : before.contains(name))
                .filter(name -> observed.find(name)
                        .map(other -> other.owner().equals(owner))
                        .orElse(false))
                .min(Comparator.comparing(
                        name -> !Optional.of(name).equals(target.options().colocatedWith())));
    }
}

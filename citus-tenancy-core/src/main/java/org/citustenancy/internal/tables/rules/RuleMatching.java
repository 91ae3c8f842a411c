package org.citustenancy.internal.tables.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;
import org.citustenancy.tables.TableRule;
import org.citustenancy.tables.Uncovered;

/**
 * Finds the rule that decides about each table: one that names it, else a pattern or a schema, else a column, else a
 * foreign key, else the rule for all others.
 */
final class RuleMatching {

    private final DistributionRules rules;
    private final ObservedTables observed;
    private final Problems problems;
    private final Map<TableName, Target> targets = new LinkedHashMap<>();
    private final Set<TableName> undecided = new LinkedHashSet<>();

    RuleMatching(DistributionRules rules, ObservedTables observed, Problems problems) {
        this.rules = rules;
        this.observed = observed;
        this.problems = problems;
    }

    /**
     * Returns the targets.
     *
     * @return by table; a table with a problem of its rules has none
     */
    Map<TableName, Target> targets() {
        if (!observed.tables().isEmpty()) {
            // Before the first migration, no table is there yet.
            requireNamed();
        }
        observed.tables().values().forEach(this::matchNames);
        if (rules.rules().contains(new TableRule.ByForeignKey())) {
            followForeignKeys();
        }
        undecided.forEach(this::matchOtherwise);
        return targets;
    }

    private void requireNamed() {
        for (TableRule rule : rules.rules()) {
            rule.exactTable().ifPresent(name -> requireTable(rule, name));
            if (rule instanceof TableRule.DistributeSchema schema
                    && !schema.isPattern()
                    && !observed.schemas().containsKey(schema.schemas())) {
                problems.add(
                        Kind.NOT_FOUND,
                        "The rule " + rule + " names a schema that does not exist",
                        "create the schema, or name one of: "
                                + String.join(", ", observed.schemas().keySet()));
            }
            if (rule instanceof TableRule.EveryTableWith every
                    && observed.tables().values().stream()
                            .noneMatch(table -> table.column(every.column()).isPresent())) {
                problems.add(
                        Kind.NOT_FOUND,
                        "The rule " + rule + " names a column that no table has",
                        "correct the name of the column, or leave the rule out");
            }
        }
    }

    private void requireTable(TableRule rule, TableName name) {
        TableName parent = observed.partitions().get(name);
        if (parent != null) {
            problems.add(
                    Kind.NOT_FOUND,
                    name,
                    "The rule " + rule + " names a partition of " + parent + ", which follows that table",
                    "name " + parent);
        } else if (observed.find(name).isEmpty() && !(rule instanceof TableRule.Local)) {
            problems.add(
                    Kind.NOT_FOUND,
                    name,
                    "The rule " + rule + " names a table that does not exist",
                    "create the table, or correct the name; the schema \"" + name.schema() + "\" has: "
                            + observed.tables().keySet().stream()
                                    .filter(other -> other.schema().equals(name.schema()))
                                    .map(TableName::table)
                                    .limit(20)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private void matchNames(ObservedTable table) {
        TableName name = table.name();
        List<TableRule> named =
                rules.rules().stream().filter(rule -> rule.names(name)).toList();
        List<TableRule> schemas = named.stream()
                .filter(TableRule.DistributeSchema.class::isInstance)
                .toList();
        if (!schemas.isEmpty()) {
            if (schemas.size() < named.size()) {
                contradict(name, named);
            } else {
                targets.put(name, Target.of(TableKind.SCHEMA, schemas.get(0).toString()));
            }
            return;
        }
        List<TableRule> exact =
                named.stream().filter(rule -> rule.exactTable().isPresent()).toList();
        List<TableRule> first = exact.isEmpty() ? named : exact;
        if (first.isEmpty()) {
            first = rules.rules().stream()
                    .filter(rule -> rule instanceof TableRule.EveryTableWith every
                            && table.column(every.column()).isPresent())
                    .toList();
        }
        if (first.size() > 1) {
            contradict(name, first);
        } else if (first.isEmpty()) {
            undecided.add(name);
        } else {
            decide(table, first.get(0));
        }
    }

    private void contradict(TableName table, List<TableRule> several) {
        problems.add(
                Kind.AMBIGUOUS_RULES,
                table,
                "The rules "
                        + several.stream().map(TableRule::toString).collect(Collectors.joining(" and "))
                        + " are all for the table " + table,
                "narrow the patterns, or add one rule that names the table exactly");
    }

    private void decide(ObservedTable table, TableRule rule) {
        String text = rule.toString();
        if (rule instanceof TableRule.Distribute distribute) {
            if (table.column(distribute.column()).isEmpty()) {
                problems.add(
                        Kind.NOT_FOUND,
                        table.name(),
                        "The rule " + rule + " names a column that the table " + table.name() + " does not have",
                        "name one of: "
                                + table.columns().stream()
                                        .map(ObservedTable.Column::name)
                                        .collect(Collectors.joining(", ")));
                return;
            }
            targets.put(
                    table.name(),
                    Target.distributed(
                            text,
                            distribute.column(),
                            distribute.options(),
                            distribute.options().colocatedWith().isPresent()));
        } else if (rule instanceof TableRule.EveryTableWith every) {
            targets.put(table.name(), Target.distributed(text, every.column(), every.options(), true));
        } else {
            targets.put(
                    table.name(),
                    Target.of(rule instanceof TableRule.Reference ? TableKind.REFERENCE : TableKind.LOCAL, text));
        }
    }

    /** Decides about the tables next to those that are decided, then about those next to these, and so on. */
    private void followForeignKeys() {
        Map<TableName, Target> next;
        do {
            next = new LinkedHashMap<>();
            for (TableName table : List.copyOf(undecided)) {
                Optional<Target> target = byForeignKey(table);
                if (target.isPresent()) {
                    next.put(table, target.get());
                }
            }
            undecided.removeAll(next.keySet());
            targets.putAll(next);
        } while (!next.isEmpty());
    }

    private Optional<Target> byForeignKey(TableName table) {
        List<ForeignKey> keys = new ArrayList<>();
        Set<String> columns = new LinkedHashSet<>();
        for (ForeignKey key : observed.foreignKeys()) {
            Target parent = targets.get(key.to().table());
            if (key.from().table().equals(table) && parent != null && parent.is(TableKind.DISTRIBUTED)) {
                key.columnFor(parent.column()).ifPresent(column -> {
                    keys.add(key);
                    columns.add(column);
                });
            }
        }
        if (columns.size() > 1) {
            problems.add(
                    Kind.AMBIGUOUS_RULES,
                    table,
                    "The rule byForeignKey() finds several columns for the table " + table + ": "
                            + keys.stream().map(ForeignKey::inWords).collect(Collectors.joining("; ")),
                    "add a rule that names the table, as in distribute(\"" + table + "\", \""
                            + columns.iterator().next() + "\")");
            undecided.remove(table);
            return Optional.empty();
        }
        return keys.stream()
                .findFirst()
                .map(key -> Target.besides(
                        "byForeignKey()", columns.iterator().next(), key.to().table()));
    }

    private void matchOtherwise(TableName table) {
        Uncovered treatment = rules.otherwise();
        if (treatment == Uncovered.REFUSE) {
            problems.add(
                    Kind.UNCOVERED,
                    table,
                    "No rule covers the table " + table,
                    "add a rule for it, or otherwise(LOCAL) or otherwise(REFERENCE) for all such tables");
            return;
        }
        targets.put(
                table,
                Target.of(
                        treatment == Uncovered.LOCAL ? TableKind.LOCAL : TableKind.REFERENCE,
                        "otherwise(" + treatment + ")"));
    }
}

package org.citustenancy.internal.tables.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.internal.tables.rules.ObservedTable.KeyKind;
import org.citustenancy.internal.tables.rules.ObservedTable.Trait;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;

/** Finds what Citus refuses about single tables. */
final class TableChecks {

    private final ObservedTables observed;
    private final Map<TableName, Target> targets;
    private final Problems problems;

    TableChecks(ObservedTables observed, Map<TableName, Target> targets, Problems problems) {
        this.observed = observed;
        this.targets = targets;
        this.problems = problems;
    }

    void check() {
        targets.forEach((name, target) -> observed.find(name).ifPresent(table -> check(table, target)));
        checkOwnersOfSchemas();
    }

    private void check(ObservedTable table, Target target) {
        if (!table.is(TableKind.LOCAL)) {
            if (!table.is(target.kind())) {
                problems.add(
                        Kind.DISTRIBUTED_OTHERWISE,
                        table.name(),
                        "The table " + table.name() + " is " + DistributionComparison.inWords(table.info()) + ", but "
                                + target.rule() + " makes it " + target.inWords(),
                        (table.is(TableKind.SCHEMA)
                                        ? "call undistributeSchema(\""
                                                + table.name().schema() + "\")"
                                        : "call undistribute(\"" + table.name() + "\")")
                                + " first, or change the rule");
            }
            return;
        }
        if (!target.is(TableKind.LOCAL)) {
            checkObjects(table);
            checkShape(table, target);
        }
        if (target.is(TableKind.DISTRIBUTED)) {
            checkColumn(table, target.column());
            table.obstacles().keys().stream()
                    .filter(key -> !key.equal().contains(target.column()))
                    .forEach(key -> refuseKey(table.name(), key, target.column()));
        }
    }

    private void checkObjects(ObservedTable table) {
        List<String> triggers = table.obstacles().triggers();
        if (!triggers.isEmpty()) {
            problems.add(
                    Kind.TRIGGER,
                    table.name(),
                    "The table " + table.name() + " has triggers: " + String.join(", ", triggers),
                    "drop them; Citus accepts them only with citus.enable_unsafe_triggers");
        }
        List<String> policies = table.obstacles().policies();
        if (!policies.isEmpty()) {
            problems.add(
                    Kind.POLICY,
                    table.name(),
                    "Policies of the table " + table.name() + " contain subqueries: " + String.join(", ", policies),
                    "write them without a subquery, for example with a parameter of current_setting, or drop them");
        }
    }

    private void checkShape(ObservedTable table, Target target) {
        if (table.has(Trait.INHERITS)) {
            problems.add(
                    Kind.INHERITANCE,
                    table.name(),
                    "The table " + table.name() + " inherits from another one, or another one from it",
                    "end it with ALTER TABLE ... NO INHERIT, or use partitions");
        }
        if (table.has(Trait.NESTED_PARTITIONS)) {
            refusePartitions(table.name(), "has partitions that are partitioned", "use one level of partitions");
        }
        if (table.has(Trait.PARTITIONED) && target.is(TableKind.REFERENCE)) {
            refusePartitions(
                    table.name(),
                    "is partitioned, so it cannot be a reference table (" + target.rule() + ")",
                    "distribute it by a column, or leave it local");
        }
        if (table.has(Trait.PARTITIONS_ELSEWHERE) && target.is(TableKind.SCHEMA)) {
            refusePartitions(
                    table.name(),
                    "has partitions in another schema than the one that " + target.rule() + " distributes",
                    "move them with ALTER TABLE ... SET SCHEMA");
        }
    }

    private void refusePartitions(TableName table, String what, String fix) {
        problems.add(Kind.PARTITIONING, table, "The table " + table + " " + what, fix);
    }

    private void checkColumn(ObservedTable table, String name) {
        table.column(name).ifPresent(column -> {
            if (column.generated()) {
                problems.add(
                        Kind.GENERATED_COLUMN,
                        table.name(),
                        "The column \"" + name + "\" of " + table.name() + " is computed from other columns",
                        "distribute the table by another column, or run ALTER TABLE ... ALTER COLUMN ... DROP EXPRESSION");
            }
            if (!column.hashable()) {
                problems.add(
                        Kind.COLUMN_TYPE,
                        table.name(),
                        "The column \"" + name + "\" of " + table.name() + " is of type " + column.type()
                                + ", whose values cannot be hashed",
                        "distribute the table by another column, or change its type");
            }
        });
    }

    private void refuseKey(TableName table, ObservedTable.Key key, String column) {
        String columns = key.columns().stream()
                .map(part -> part.isEmpty() ? "(expression)" : TableStatements.quoted(part))
                .collect(Collectors.joining(", "));
        KeyReplacement replacement = new KeyReplacement(key.kind() == KeyKind.PRIMARY, key.name(), columns);
        boolean exclusion = key.kind() == KeyKind.EXCLUSION;
        problems.add(
                Kind.KEY,
                table,
                "The table " + table + " cannot be distributed by \"" + column + "\", which "
                        + (exclusion
                                ? "its exclusion constraint " + key.name() + " (" + columns
                                        + ") does not compare by equality"
                                : "is not in " + replacement.inWords()),
                (exclusion
                                ? "replace the constraint by one with " + TableStatements.quoted(column) + " WITH ="
                                : replacement.fix(table, column))
                        + "; or distribute it by a column of the key");
    }

    private void checkOwnersOfSchemas() {
        observed.schemas().forEach((schema, distributed) -> {
            Set<String> owners = new TreeSet<>();
            targets.forEach((name, target) -> {
                if (target.is(TableKind.SCHEMA) && name.schema().equals(schema)) {
                    observed.find(name).ifPresent(table -> owners.add(table.owner()));
                }
            });
            if (!distributed && owners.size() > 1) {
                problems.add(
                        Kind.OWNER,
                        "The tables of the schema \"" + schema + "\" belong to several roles: "
                                + String.join(", ", owners),
                        "give all of them to one role with ALTER TABLE ... OWNER TO");
            }
        });
    }
}

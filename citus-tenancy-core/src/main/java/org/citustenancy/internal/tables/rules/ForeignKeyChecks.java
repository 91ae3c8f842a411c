package org.citustenancy.internal.tables.rules;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;

/** Finds the foreign keys that Citus refuses, or no longer enforces, once tables are distributed. */
final class ForeignKeyChecks {

    private final ObservedTables observed;
    private final Map<TableName, Target> targets;
    private final ColocationGroups groups;
    private final Problems problems;

    ForeignKeyChecks(
            ObservedTables observed, Map<TableName, Target> targets, ColocationGroups groups, Problems problems) {
        this.observed = observed;
        this.targets = targets;
        this.groups = groups;
        this.problems = problems;
    }

    /** Checks all foreign keys. */
    void check(StepOrder order) {
        checkPartitions(order.connectedWithMetadata());
        Set<TableName> managed = order.managed();
        for (ForeignKey key : observed.foreignKeys()) {
            Target from = targets.get(key.from().table());
            Target to = targets.get(key.to().table());
            if (from == null
                    || to == null
                    || (isAsDeclared(key.from().table(), from)
                            && isAsDeclared(key.to().table(), to))) {
                continue;
            }
            if (from.is(TableKind.SCHEMA) || to.is(TableKind.SCHEMA)) {
                checkSchemas(key, from, to);
            } else if (from.is(TableKind.DISTRIBUTED)) {
                checkDistributed(key, from, to, managed);
            } else if (to.is(TableKind.DISTRIBUTED)) {
                refuse(
                        key,
                        "leads from " + from.inWords() + " to a distributed table, where "
                                + (from.is(TableKind.LOCAL) ? "Citus no longer enforces it" : "Citus refuses it"),
                        "distribute " + key.from().table() + ", too, or drop the foreign key");
            }
        }
    }

    /** Citus follows foreign keys when it adds tables to its metadata, and refuses those of single partitions. */
    private void checkPartitions(Set<TableName> connected) {
        for (ForeignKey key : observed.foreignKeys()) {
            TableName holder = key.name().holder();
            if (!holder.equals(key.from().table())
                    && connected.contains(key.from().table())) {
                refuse(
                        key,
                        "is one of the partition " + holder + " only, so that Citus cannot add the local tables that "
                                + "foreign keys connect with it to its metadata",
                        "drop it, and add it to " + key.from().table());
            }
        }
    }

    private boolean isAsDeclared(TableName name, Target target) {
        return observed.find(name).map(table -> table.is(target.kind())).orElse(false);
    }

    private void checkSchemas(ForeignKey key, Target from, Target to) {
        boolean allowed = from.is(TableKind.SCHEMA)
                && (to.is(TableKind.REFERENCE)
                        || key.from().table().schema().equals(key.to().table().schema()));
        if (!allowed) {
            refuse(
                    key,
                    "leads from or to a table in a distributed schema, where only foreign keys within the schema, and "
                            + "from it to reference tables, are possible",
                    "make " + key.to().table() + " a reference table in another schema, or drop the foreign key");
        }
    }

    private void checkDistributed(ForeignKey key, Target from, Target to, Set<TableName> managed) {
        boolean keyed = key.from().columns().contains(from.column());
        if (to.is(TableKind.LOCAL)) {
            refuse(
                    key,
                    "leads from a distributed table to a local one",
                    "make " + key.to().table() + " a reference table, distribute it, or drop the foreign key");
        } else if (to.is(TableKind.DISTRIBUTED)) {
            if (!key.columnFor(to.column()).equals(Optional.of(from.column()))) {
                refuse(
                        key,
                        "must contain the distribution columns \"" + from.column() + "\" and \"" + to.column()
                                + "\" at the same place",
                        "replace it by one that contains them, or make "
                                + key.to().table() + " a reference table");
            } else if (!groups.together(key.from().table(), key.to().table())) {
                refuse(
                        key,
                        "connects distributed tables that are not colocated",
                        "give both the same column type, shard count and colocation, or drop the foreign key");
            } else if (!key.referencesItself()
                    && managed.contains(key.from().table())
                    && managed.contains(key.to().table())) {
                refuse(
                        key,
                        "connects local tables that Citus has in its metadata because of their foreign keys to reference "
                                + "tables, so that neither can be distributed before the other",
                        "drop it, apply the rules, and add it again; to prevent this, create tables in sessions with "
                                + "citus.enable_local_reference_table_foreign_keys = off");
            }
        }
        if (keyed && (key.actions().changesOnDelete() || key.actions().changesOnUpdate())) {
            refuse(
                    key,
                    "changes the distribution column \"" + from.column() + "\" when the referenced row "
                            + (key.actions().changesOnDelete() ? "is deleted" : "changes"),
                    "replace it by one without "
                            + (key.actions().changesOnDelete()
                                    ? "ON DELETE SET NULL or SET DEFAULT"
                                    : "ON UPDATE CASCADE, SET NULL or SET DEFAULT"));
        }
    }

    private void refuse(ForeignKey key, String what, String fix) {
        String words = key.inWords();
        problems.add(Kind.FOREIGN_KEY, key.from().table(), "T" + words.substring(1) + " " + what, fix);
    }
}

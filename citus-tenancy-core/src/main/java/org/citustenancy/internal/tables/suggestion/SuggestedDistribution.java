package org.citustenancy.internal.tables.suggestion;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.tables.rules.ForeignKey;
import org.citustenancy.internal.tables.rules.ObservedTable;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.internal.tables.rules.RulesPlanner;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.KeyMigration;
import org.citustenancy.tables.PlannedTable;
import org.citustenancy.tables.RulesSuggestion;
import org.citustenancy.tables.SuggestedRule;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableProblem.Kind;
import org.citustenancy.tables.TableRule;
import org.citustenancy.tables.TablesPlan;
import org.citustenancy.tables.Uncovered;

/**
 * The rules that distribute all tables by one candidate, and what they lead to.
 *
 * @param candidate the candidate, absent if only schemas are distributed
 * @param rules the rules
 * @param columns the distribution column of each table that is distributed by one
 * @param changes the changes of keys before
 * @param plan the plan after these changes
 */
record SuggestedDistribution(
        Optional<Candidate> candidate,
        DistributionRules rules,
        Map<TableName, String> columns,
        KeyChanges changes,
        TablesPlan plan) {

    private static final double OF_ROWS = 100;
    private static final double OF_STATEMENTS = 100;
    private static final double OF_TABLES = 100;

    /** Reference tables can be joined with distributed ones on each node. */
    private static final double OF_JOINS = 10;

    private static final double OF_PROBLEMS = 40;

    /** Triggers are a problem of any distribution of their table. */
    private static final double OF_TRIGGER = 0.1;

    private static final double OF_CHANGES = 15;

    /** Each node has a copy of the rows of reference tables. */
    private static final double OF_COPIES = 30;

    static SuggestedDistribution plan(ObservedTables observed, TenantSchemas schemas, Optional<Candidate> candidate) {
        DistributionRules base = base(observed, schemas);
        DistributionRules byColumn = candidate
                .map(chosen -> new CandidateRules(observed, base, chosen).rules())
                .orElse(base);
        RulesPlanner planner = new RulesPlanner(observed, byColumn.otherwise(Uncovered.LOCAL));
        Map<TableName, String> columns = planner.distributionColumns();
        DistributionRules all = withOthers(observed, schemas, byColumn, columns.keySet());
        KeyChanges changes = new KeyChanges(observed, columns, references(all), connectsLocalTables(observed, all));
        TablesPlan plan = RulesPlanner.plan(changes.applied(), all).shown();
        return new SuggestedDistribution(candidate, all, columns, changes, plan);
    }

    /** Checks whether foreign keys lead from local tables to reference tables, or back. */
    private static boolean connectsLocalTables(ObservedTables observed, DistributionRules rules) {
        Set<TableName> references = references(rules);
        return observed.foreignKeys().stream()
                .anyMatch(key -> (isLocal(rules, key.from().table())
                                && references.contains(key.to().table()))
                        || (isLocal(rules, key.to().table())
                                && references.contains(key.from().table())));
    }

    private static boolean isLocal(DistributionRules rules, TableName table) {
        return rules.rules().stream().anyMatch(rule -> rule instanceof TableRule.Local && rule.names(table));
    }

    /** Returns the rules that any choice has: what is distributed already and what looks like a schema per tenant. */
    private static DistributionRules base(ObservedTables observed, TenantSchemas schemas) {
        DistributionRules rules = DistributionRules.create();
        if (!schemas.isEmpty()) {
            rules = rules.distributeSchema(schemas.patterns().toArray(String[]::new));
        }
        String[] references = observed.tables().values().stream()
                .filter(table -> table.is(TableKind.REFERENCE))
                .map(table -> table.name().quoted())
                .toArray(String[]::new);
        return references.length == 0 ? rules : rules.reference(references);
    }

    /** Adds rules for the other tables: those that distributed tables reference, and the rest. */
    private static DistributionRules withOthers(
            ObservedTables observed, TenantSchemas schemas, DistributionRules rules, Set<TableName> distributed) {
        Set<TableName> referenced = new LinkedHashSet<>(distributed);
        observed.tables().keySet().stream().filter(schemas::contain).forEach(referenced::add);
        Set<TableName> referencing = observed.foreignKeys().stream()
                .filter(key -> distributed.contains(key.to().table()))
                .map(key -> key.from().table())
                .collect(Collectors.toSet());
        boolean more;
        do {
            more = false;
            for (ForeignKey key : observed.foreignKeys()) {
                TableName to = key.to().table();
                // Reference tables cannot reference distributed ones.
                more |= !referencing.contains(to)
                        && referenced.contains(key.from().table())
                        && referenced.add(to);
            }
        } while (more);
        DistributionRules all = rules;
        for (ObservedTable table : observed.tables().values()) {
            TableName name = table.name();
            if (distributed.contains(name) || schemas.contain(name) || table.is(TableKind.REFERENCE)) {
                continue;
            }
            all = referenced.contains(name) ? all.reference(name.quoted()) : all.local(name.quoted());
        }
        return all;
    }

    /** Returns the tables that are spread over the nodes. */
    Set<TableName> distributed() {
        return plan.tables().stream()
                .filter(table -> columns.containsKey(table.table().name())
                        || table.rule().startsWith("distributeSchema("))
                .map(table -> table.table().name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Set<TableName> references() {
        return references(rules);
    }

    private static Set<TableName> references(DistributionRules rules) {
        return rules.rules().stream()
                .filter(TableRule.Reference.class::isInstance)
                .flatMap(rule -> rule.exactTable().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * Returns how much speaks for these rules. Rows and statements count most, because they decide about the load of the
     * nodes. Open problems count more than changes of keys, because the suggestion contains the latter.
     */
    double score(TableWeights weights, List<StatementUse> statements) {
        Set<TableName> distributed = distributed();
        Set<TableName> references = references();
        double all = plan.tables().size();
        double number = distributed.size();
        double open = plan.problems().stream()
                .mapToDouble(problem -> problem.kind() == Kind.TRIGGER ? OF_TRIGGER : 1)
                .sum();
        return OF_ROWS * weights.share(distributed)
                + OF_STATEMENTS * routed(statements)
                + OF_TABLES * number / all
                + OF_JOINS * (number + references.size()) / all
                - OF_PROBLEMS * open / number
                - OF_CHANGES * Math.min(1, changes.size() / number)
                - (weights.bySize() ? OF_COPIES * weights.share(references) : 0);
    }

    /** Returns the share of the statements that one node can run, from 0 to 1. */
    private double routed(List<StatementUse> statements) {
        long calls = statements.stream().mapToLong(StatementUse::calls).sum();
        long routed = statements.stream()
                .filter(use -> use.isRouted(columns))
                .mapToLong(StatementUse::calls)
                .sum();
        return calls == 0 ? 0 : (double) routed / calls;
    }

    /** Returns the suggestion of these rules. */
    RulesSuggestion suggestion(TableWeights weights, List<StatementUse> statements, List<String> alternatives) {
        List<SuggestedRule> reasons = rules.rules().stream()
                .map(rule -> new SuggestedRule(rule, reason(rule, weights, statements)))
                .toList();
        return new RulesSuggestion(
                rules, reasons, new KeyMigration(changes.statements(), changes.afterwards()), plan, alternatives);
    }

    /** Checks whether another distribution is by another value. */
    boolean differsFrom(SuggestedDistribution other) {
        return !candidate.map(Candidate::column).equals(other.candidate().map(Candidate::column))
                || candidate
                        .filter(chosen -> Candidate.isGeneric(chosen.column()))
                        .isPresent();
    }

    /** Returns what the rules distribute, for a comparison. */
    String inWords(TableWeights weights) {
        String by = candidate
                .map(chosen -> "by \"" + chosen.column() + "\""
                        + chosen.root().map(root -> " of " + root.table()).orElse(""))
                .orElse("by schema");
        return by + ": " + covered(distributed(), weights) + ", " + changes.size() + " changes of keys, "
                + plan.problems().size() + " problems";
    }

    private String covered(Set<TableName> tables, TableWeights weights) {
        return tables.size() + " of " + plan.tables().size() + " tables"
                + (weights.bySize()
                        ? String.format(Locale.ROOT, " with %.0f %% of the bytes", 100 * weights.share(tables))
                        : "");
    }

    private String reason(TableRule rule, TableWeights weights, List<StatementUse> statements) {
        if (rule instanceof TableRule.EveryTableWith || rule instanceof TableRule.Distribute) {
            String statementsRouted = statements.isEmpty()
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; %.0f %% of the statements run on one node with these rules",
                            100 * routed(statements));
            String root = candidate
                    .filter(chosen ->
                            chosen.root().filter(key -> rule.names(key.table())).isPresent())
                    .map(chosen -> "other tables have its key as \"" + chosen.column() + "\"")
                    .orElse("");
            return !root.isEmpty() && rule instanceof TableRule.Distribute && columns.size() > 1
                    ? root
                    : covered(covered(rule), weights) + keyOfRoot(root) + statementsRouted;
        }
        if (rule instanceof TableRule.ByForeignKey) {
            return names(covered(rule)) + " reference a distribution column by another name";
        }
        if (rule instanceof TableRule.Reference) {
            return isReference(rule) ? "it is a reference table already" : "distributed tables reference it";
        }
        if (rule instanceof TableRule.Local) {
            if (rule.exactTable().filter(MigrationHistory::isIn).isPresent()) {
                return "a migration tool keeps its history in it";
            }
            boolean connected = plan.problems().stream()
                    .flatMap(problem -> problem.table().stream())
                    .anyMatch(rule::names);
            return connected
                    ? "it references distributed tables; see the problems"
                    : "no distributed table references it";
        }
        return "the schemas have the same tables, or are distributed already";
    }

    private boolean isReference(TableRule rule) {
        return plan.tables().stream()
                .anyMatch(table ->
                        rule.names(table.table().name()) && table.table().kind() == TableKind.REFERENCE);
    }

    /** Returns what the column of tables is, unless the rule itself is for the table that it identifies. */
    private String keyOfRoot(String ofRoot) {
        return candidate
                .filter(chosen -> ofRoot.isEmpty())
                .flatMap(chosen ->
                        chosen.root().map(root -> "; \"" + chosen.column() + "\" is the key of " + root.table()))
                .orElse("");
    }

    private Set<TableName> covered(TableRule rule) {
        return plan.tables().stream()
                .filter(table -> table.rule().equals(rule.toString()))
                .map(PlannedTable::table)
                .map(table -> table.name())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String names(Set<TableName> tables) {
        return tables.stream().map(TableName::toString).collect(Collectors.joining(", "));
    }
}

package org.citustenancy.internal.tables.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.PlannedTable;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.tables.TableRule;
import org.citustenancy.tables.TableStep;
import org.citustenancy.tables.TablesPlan;

/** Plans the steps after which all tables are distributed as rules say. */
public final class RulesPlanner {

    private final ObservedTables observed;
    private final DistributionRules rules;
    private final Problems problems = new Problems();
    private final Map<TableName, Target> targets;
    private final ColocationGroups groups;
    private final StepOrder order;

    /**
     * A plan that can be run.
     *
     * @param shown the plan as it is shown
     * @param steps its steps
     */
    public record Plan(TablesPlan shown, List<RuleStep> steps) {}

    /** Creates a planner for the tables as they are. */
    public RulesPlanner(ObservedTables observed, DistributionRules rules) {
        this.observed = observed;
        this.rules = rules;
        this.targets = new RuleMatching(rules, observed, problems).targets();
        this.groups = new ColocationGroups(observed, targets);
        this.order = new StepOrder(observed, targets, problems);
    }

    /** Plans the steps for the tables of a database with Citus. */
    public static Plan plan(Session session, DistributionRules rules) {
        return plan(ObservedTables.read(session), rules);
    }

    /** Plans the steps for tables that were observed. */
    public static Plan plan(ObservedTables observed, DistributionRules rules) {
        return new RulesPlanner(observed, rules).plan(step -> TableStatements.text(RuleStatements.of(step)));
    }

    /** Returns the tables that the rules distribute by a column, each with that column. */
    public Map<TableName, String> distributionColumns() {
        Map<TableName, String> columns = new LinkedHashMap<>();
        targets.forEach((table, target) -> {
            if (target.is(TableKind.DISTRIBUTED)) {
                columns.put(table, target.column());
            }
        });
        return columns;
    }

    /** Checks whether a rule decides about a table. */
    public boolean uses(TableRule rule) {
        return targets.values().stream().anyMatch(target -> target.rule().equals(rule.toString()));
    }

    /**
     * Returns the plan.
     *
     * @param statement returns the SQL of a step
     */
    public Plan plan(Function<RuleStep, String> statement) {
        List<RuleStep> steps = steps();
        new TableChecks(observed, targets, problems).check();
        groups.check(problems);
        new ForeignKeyChecks(observed, targets, groups, problems).check(order);
        List<TableStep> shown =
                steps.stream().map(step -> step.shown(statement.apply(step))).toList();
        return new Plan(new TablesPlan(tables(), shown, problems.all(), true), steps);
    }

    private List<RuleStep> steps() {
        List<RuleStep> steps = new ArrayList<>();
        order.references().forEach(table -> steps.add(new RuleStep.Reference(table, order.isAlone(table))));
        List<TableName> before = new ArrayList<>();
        order.distributed().forEach(table -> {
            Target target = targets.get(table);
            if (target != null) {
                steps.add(new RuleStep.Distribute(
                        table, target.column(), groups.options(table, before, target), order.hasForeignKeys(table)));
                before.add(table);
            }
        });
        observed.schemas().forEach((schema, distributed) -> {
            if (!distributed && rules.rules().stream().anyMatch(rule -> rule.namesSchema(schema))) {
                steps.add(new RuleStep.DistributeSchema(schema));
            }
        });
        order.toMetadata().forEach(tables -> steps.add(new RuleStep.AddToMetadata(tables)));
        return steps;
    }

    private List<PlannedTable> tables() {
        Set<TableName> wrong = new LinkedHashSet<>();
        problems.all().forEach(problem -> problem.table().ifPresent(wrong::add));
        List<PlannedTable> planned = new ArrayList<>();
        observed.tables().forEach((name, table) -> {
            Target target = targets.get(name);
            planned.add(
                    target == null
                            ? new PlannedTable(table.info(), "no rule", "covered by a rule", false)
                            : new PlannedTable(
                                    table.info(),
                                    target.rule(),
                                    target.inWords(),
                                    table.is(target.kind()) && !wrong.contains(name)));
        });
        return planned;
    }
}

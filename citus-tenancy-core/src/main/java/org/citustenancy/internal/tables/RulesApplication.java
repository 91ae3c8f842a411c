package org.citustenancy.internal.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.tables.rules.RuleStatements;
import org.citustenancy.internal.tables.rules.RuleStep;
import org.citustenancy.internal.tables.rules.RulesPlanner;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableProblem;
import org.citustenancy.tables.TableStep;
import org.citustenancy.tables.TablesPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distributes all tables of a project as rules say: plans, runs the steps one after another, and plans again.
 *
 * @param access the access to the tables, for messages
 * @param session reads the tables and changes them
 * @param rules the rules
 */
record RulesApplication(TableAccess access, TableAccess.Change session, DistributionRules rules) {

    private static final Logger LOG = LoggerFactory.getLogger(RulesApplication.class);

    TablesPlan apply() {
        TableCatalog tables = new TableCatalog(session.reading());
        RulesPlanner.Plan plan = tables.plan(rules);
        requireNoProblems(plan.shown(), session.reading().place());
        plan.steps().forEach(step -> session.requireMovable(RuleStatements.moved(step)));
        List<String> done = new ArrayList<>();
        for (RuleStep step : plan.steps()) {
            run(step, done);
        }
        if (done.isEmpty()) {
            return plan.shown();
        }
        TablesPlan after = tables.plan(rules).shown();
        if (!after.isAsDeclared()) {
            throw TableDistributor.notConfirmed(
                    "a table",
                    "as the rules say: "
                            + (after.problems().isEmpty()
                                    ? text(after.steps(), TableStep::description)
                                    : text(after.problems(), TableProblem::toString)));
        }
        return new TablesPlan(after.tables(), plan.shown().steps(), List.of(), true);
    }

    /** Throws if a plan has problems, with all of them. */
    static void requireNoProblems(TablesPlan plan, Place place) {
        if (!plan.problems().isEmpty()) {
            throw new ConflictException(
                    Failure.of("The rules cannot be applied. " + text(plan.problems(), TableProblem::what))
                            .where(place)
                            .state("nothing was changed")
                            .fix(text(plan.problems(), TableProblem::fix)));
        }
    }

    private void run(RuleStep step, List<String> done) {
        try {
            TableDistributor.run(session, step);
        } catch (StepFailedException refused) {
            throw new StepFailedException(
                    refused.failure()
                            .state(
                                    done.isEmpty()
                                            ? "nothing was changed"
                                            : "done: " + String.join(", ", done) + "; apply(...) goes on from there"),
                    refused);
        }
        LOG.info("Changed {}: {}", access, step.description());
        done.add(step.description());
    }

    private static <T> String text(List<T> parts, Function<T, String> part) {
        return parts.stream().map(part).collect(Collectors.joining("; "));
    }
}

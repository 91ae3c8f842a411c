package org.citustenancy.tables;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rules that the tables of a project suggest. A suggestion knows the schema, the sizes and the statements, but not the
 * application: read the reasons, and change what does not fit.
 *
 * @param rules the rules; without any if nothing speaks for a distribution
 * @param reasons the same rules in the same order, each with what speaks for it
 * @param changes the SQL statements that keys and foreign keys need before and after the rules are applied
 * @param plan the plan of the rules after these changes; its problems need a decision of yours
 * @param alternatives the distributions that came next, in words, the best one first
 */
public record RulesSuggestion(
        DistributionRules rules,
        List<SuggestedRule> reasons,
        KeyMigration changes,
        TablesPlan plan,
        List<String> alternatives) {

    /** The suggestion for a server without Citus. */
    public static final RulesSuggestion WITHOUT_CITUS = new RulesSuggestion(
            DistributionRules.create(), List.of(), KeyMigration.NONE, TablesPlan.WITHOUT_CITUS, List.of());

    /** Copies the lists. */
    public RulesSuggestion {
        reasons = List.copyOf(reasons);
        alternatives = List.copyOf(alternatives);
    }

    /**
     * Returns the rules as Java code with a comment per rule, then a line per change of keys, step, problem and alternative.
     * Names are the owner's choice: in code they are escaped, and a comment contains no line break and no backslash.
     */
    @Override
    public String toString() {
        if (!plan.citus()) {
            return plan.toString();
        }
        if (reasons.isEmpty()) {
            return "no suggestion: no table has a column by which it could be distributed together with others";
        }
        return Stream.of(
                        Stream.of("DistributionRules.create()"),
                        reasons.stream().map(RulesSuggestion::code),
                        Stream.of("        .otherwise(Uncovered." + rules.otherwise() + ");"),
                        changes.before().stream().map(change -> "before: " + change),
                        plan.steps().stream().map(step -> "step: " + step.description()),
                        changes.after().stream().map(change -> "after: " + change),
                        plan.problems().stream().map(problem -> "problem: " + problem),
                        alternatives.stream().map(alternative -> "alternative: " + alternative))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    private static String code(SuggestedRule suggested) {
        return "        ." + suggested.rule() + " // "
                + suggested.reason().replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029\\\\]", " ");
    }
}

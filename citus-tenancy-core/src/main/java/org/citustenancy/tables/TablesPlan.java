package org.citustenancy.tables;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@link DistributionRules} say about the tables of a project, and the statements that lead there.
 *
 * @param tables the tables by schema and name, without partitions, which follow their table; none on a server without
 *     Citus
 * @param steps the statements, in an order that foreign keys allow
 * @param problems the reasons for which the rules cannot be applied; while there is one, {@code apply} changes nothing
 * @param citus whether the server has Citus; without it, every table is an ordinary one, and there is nothing to do
 */
public record TablesPlan(List<PlannedTable> tables, List<TableStep> steps, List<TableProblem> problems, boolean citus) {

    /** The plan for a server without Citus. */
    public static final TablesPlan WITHOUT_CITUS = new TablesPlan(List.of(), List.of(), List.of(), false);

    /** Copies the lists. */
    public TablesPlan {
        tables = List.copyOf(tables);
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }

    /**
     * Checks whether every table is distributed as the rules say.
     *
     * @return whether there are no steps and no problems
     */
    public boolean isAsDeclared() {
        return steps.isEmpty() && problems.isEmpty();
    }

    /** Returns a line per table, step and problem. */
    @Override
    public String toString() {
        if (!citus) {
            return "nothing to do: the server has no Citus, so every table is an ordinary one";
        }
        return Stream.of(
                        tables.stream().map(PlannedTable::toString),
                        steps.stream().map(step -> "step: " + step),
                        problems.stream().map(problem -> "problem: " + problem))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}

package org.citustenancy.internal.verifying;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.tables.rules.RulesPlanner;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TablesPlan;
import org.citustenancy.topology.Topology;

/** Finds tables that are not distributed as the project's rules say, or that no rule covers. */
public final class DistributionFindings {

    private DistributionFindings() {}

    /**
     * Compares the tables of a project with its rules.
     *
     * @param project a session in the project's database on the coordinator, which has Citus
     * @return a finding per step that is to be done, and per problem that prevents it
     */
    public static List<Finding> of(Session project, Topology topology, DistributionRules rules) {
        TablesPlan plan = RulesPlanner.plan(project, rules).shown();
        String coordinator = topology.coordinator().toString();
        return Stream.concat(
                        plan.steps().stream()
                                .map(step -> new Finding(
                                        Severity.WARNING,
                                        coordinator,
                                        "tables are not distributed as the rules of the project say: to do: "
                                                + step.description(),
                                        "call tables().apply(), or repair(RepairOptions::distributingTables)")),
                        plan.problems().stream()
                                .map(problem -> new Finding(
                                        Severity.WARNING,
                                        coordinator,
                                        "the rules of the project for its tables cannot be applied: " + problem.what(),
                                        problem.fix())))
                .toList();
    }
}

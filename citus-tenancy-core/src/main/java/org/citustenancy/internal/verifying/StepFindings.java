package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;

/** Returns a finding for every pending step and for every obstacle to it. */
public final class StepFindings {

    /** The number of needed steps that are shown. The plan contains the others. */
    private static final int SHOWN = 3;

    private StepFindings() {}

    /**
     * Returns all differences, whether steps would end them or not.
     *
     * @param context the observed and the desired state
     * @param rowsAreLost whether repair() refuses to run the steps
     * @return a finding per fault on a node, and per refusal to plan a step
     */
    public static List<Finding> in(PlanningContext context, boolean rowsAreLost) {
        List<Finding> findings = new ArrayList<>();
        List<PlannedStep> steps =
                new ProjectPlanner().plan(context, refusal -> findings.add(finding(refusal.failure())));
        Map<Fault, List<String>> needed = new LinkedHashMap<>();
        steps.forEach(step -> needed.computeIfAbsent(fault(context, step), first -> new ArrayList<>())
                .add(step.description()));
        needed.forEach((fault, descriptions) -> findings.add(finding(
                fault,
                descriptions.stream().distinct().toList(),
                rowsAreLost
                        ? "repair() does it, once it is decided what becomes of the lost rows"
                        : "repair() does it")));
        return findings;
    }

    /** A fault on a node, for which there may be several steps. */
    private record Fault(Severity severity, Node node, String what) {}

    private static Fault fault(PlanningContext context, PlannedStep step) {
        Severity severity = step.stage() == Stage.EXTENSIONS ? Severity.WARNING : Severity.SEVERE;
        // Without the database, all objects in it and privileges on it are missing, too.
        boolean withoutDatabase = !step.stage().isGlobal()
                && context.observed().on(step.node()).database().isEmpty();
        return withoutDatabase
                ? new Fault(
                        Severity.SEVERE,
                        step.node(),
                        "the database \"" + context.desired().name() + "\" is missing")
                : new Fault(severity, step.node(), step.fault().isEmpty() ? "it is not as requested" : step.fault());
    }

    private static Finding finding(Failure refusal) {
        return new Finding(Severity.SEVERE, refusal.where().node().orElse("cluster"), refusal.what(), refusal.fix());
    }

    private static Finding finding(Fault fault, List<String> descriptions, String action) {
        int more = descriptions.size() - SHOWN;
        String needed = descriptions.stream().limit(SHOWN).collect(Collectors.joining("; "))
                + (more > 0 ? "; and " + more + " more steps, which planRepair() shows" : "");
        return new Finding(fault.severity(), fault.node().toString(), fault.what() + "; needed: " + needed, action);
    }
}

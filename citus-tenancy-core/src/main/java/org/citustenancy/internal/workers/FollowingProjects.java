package org.citustenancy.internal.workers;

import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.InterruptedChangeRecovery;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;

/**
 * Tracks the projects while the cluster's nodes change. A project that has not followed the change yet is not
 * registered as ready.
 */
final class FollowingProjects {

    private final Cluster cluster;
    private final StepPath path;
    private ChangingProjects behind = ChangingProjects.none();
    private boolean begun;

    FollowingProjects(StepPath path) {
        this.cluster = path.cluster();
        this.path = path;
    }

    /** Registers the ready projects as changing, if there are steps to run on the cluster. */
    List<PlannedStep> after(List<PlannedStep> steps, Session maintenance) {
        if (!steps.isEmpty()) {
            begin(maintenance);
        }
        return steps;
    }

    void begin(Session maintenance) {
        if (!begun && !path.plans()) {
            // A second attempt would find none of them ready.
            behind = ChangingProjects.among(maintenance, ManagedProjects.names(cluster, maintenance));
            begun = true;
        }
    }

    /** Runs the change in one project. */
    List<StepOutcome> follow(String project, Supplier<List<StepOutcome>> change) {
        List<StepOutcome> outcomes = change.get();
        hasFollowed(project);
        return outcomes;
    }

    /** Registers a project as ready that was ready before, or that a killed process has left unfinished. */
    void hasFollowed(String project) {
        if (path.plans()) {
            return;
        }
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            behind.ready(maintenance, project);
            if (!behind.includes(project)) {
                new InterruptedChangeRecovery(cluster).finish(maintenance, project);
            }
        }
    }

    /** Registers the projects as ready again, because nothing changed. */
    void nothingChanged(Session maintenance) {
        behind.ready(maintenance);
    }
}

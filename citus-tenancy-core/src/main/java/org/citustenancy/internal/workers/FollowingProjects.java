package org.citustenancy.internal.workers;

import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.InterruptedChangeRecovery;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;

/** The projects while the cluster's nodes change. One that has not followed yet does not say that it is ready. */
final class FollowingProjects {

    private final Cluster cluster;
    private final StepPath path;
    private ChangingProjects behind = ChangingProjects.none();
    private boolean begun;

    FollowingProjects(StepPath path) {
        this.cluster = path.cluster();
        this.path = path;
    }

    /** Those that are ready are behind from now on, if there is something to be done to the cluster. */
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

    /** Lets one follow. */
    List<StepOutcome> follow(String project, Supplier<List<StepOutcome>> change) {
        List<StepOutcome> outcomes = change.get();
        hasFollowed(project);
        return outcomes;
    }

    /** It was ready before, or a process that was killed has left it unfinished. */
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

    /** Nothing has become of it. */
    void nothingChanged(Session maintenance) {
        behind.ready(maintenance);
    }
}

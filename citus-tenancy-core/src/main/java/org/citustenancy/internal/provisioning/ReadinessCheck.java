package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.WorkerAccess;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.planning.WaitingGrants;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Checks that a project is ready: every node was observed again, and the users themselves reached every worker. */
final class ReadinessCheck {

    private final Cluster cluster;
    private final Topology topology;

    ReadinessCheck(ProjectContext context) {
        this.cluster = context.cluster();
        this.topology = context.topology();
    }

    /** Throws if the observed project is not ready. Returns the grants that wait for a table or schema. */
    List<String> check(PlanningContext context, Deadline deadline) {
        DesiredProject desired = context.desired();
        List<PlannedStep> left = new ProjectPlanner().plan(context);
        if (!left.isEmpty()) {
            throw incomplete(
                    desired,
                    "still to be done: "
                            + left.stream()
                                    .map(step -> step.description() + " on " + step.node())
                                    .collect(Collectors.joining("; ")));
        }
        desired.userNames()
                .forEach(user ->
                        refuse(desired, user, context.observed().blocked().getOrDefault(user, List.of())));
        desired.users().values().forEach(user -> user.password()
                .ifPresent(password ->
                        refuse(desired, user.name(), logIn(desired.name(), user.name(), password, deadline))));
        return WaitingGrants.in(context);
    }

    private List<NodeAnswer> logIn(String database, String user, Secret password, Deadline deadline) {
        try (Session session = cluster.sessions().login(database, user, password, deadline)) {
            return topology.workers().isEmpty() ? List.of() : WorkerAccess.failures(session, topology);
        }
    }

    private static void refuse(DesiredProject desired, String user, List<NodeAnswer> failures) {
        if (!failures.isEmpty()) {
            throw incomplete(
                    desired,
                    "\"" + user + "\" does not get through to "
                            + failures.stream()
                                    .map(failure -> failure.node() + " (" + failure.text() + ")")
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static IncompleteException incomplete(DesiredProject desired, String what) {
        return new IncompleteException(Failure.of("All steps ran, and yet: " + what)
                .where(Place.unknown().in(desired.name()))
                .state("the steps of the plan, which stand; the project is not marked as ready")
                .fix(
                        "see whether another process changes the project at the same time, or which pg_hba.conf rule keeps the "
                                + "user out, and run the request again"));
    }
}

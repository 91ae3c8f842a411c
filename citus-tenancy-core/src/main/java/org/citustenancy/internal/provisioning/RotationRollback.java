package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.planning.RotationPlanner;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.PasswordRotationException;
import org.citustenancy.users.Secret;

/** Restores a user's former password on every node that answers, after a change of it has failed. */
final class RotationRollback {

    /** The time for the rollback. A node must not keep another password, even if the time for the change is over. */
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Topology topology;
    private final String user;
    private final Secret password;
    private final Map<String, String> betweenNodes;

    /**
     * Creates the rollback of one change.
     *
     * @param user the user whose password changes
     * @param betweenNodes what the nodes of each project presented to each other for the user before
     */
    RotationRollback(
            Cluster cluster, Topology topology, String user, Secret password, Map<String, String> betweenNodes) {
        this.cluster = cluster;
        this.topology = topology;
        this.user = user;
        this.password = password;
        this.betweenNodes = betweenNodes;
    }

    /** Runs the change, and rolls it back if it fails. */
    ChangingProjects unlessItSucceeds(Supplier<ChangingProjects> beginning, Consumer<ChangingProjects> change) {
        ChangingProjects changing = ChangingProjects.none();
        try {
            changing = beginning.get();
            change.accept(changing);
            return changing;
        } catch (RuntimeException failure) {
            throw goneBack(changing, failure);
        }
    }

    private PasswordRotationException goneBack(ChangingProjects changing, RuntimeException failure) {
        boolean interrupted = Thread.interrupted();
        try {
            List<RuntimeException> left = goBack(changing);
            left.forEach(failure::addSuppressed);
            return exception(failure, left);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<RuntimeException> goBack(ChangingProjects changing) {
        RotationPlanner planner = new RotationPlanner(topology, user);
        List<RuntimeException> failures = new ArrayList<>();
        attempt(failures, cluster.maintenanceDatabase(), sessions -> new ProjectContext(
                        cluster, topology, sessions, user)
                .executionOf(planner.back())
                .runGlobalStages());
        betweenNodes.forEach((project, before) ->
                attempt(failures, project, sessions -> new ProjectContext(cluster, topology, sessions, project)
                        .executionOf(planner.betweenNodes(before))
                        .runProjectStages()));
        if (failures.isEmpty()) {
            attempt(failures, cluster.maintenanceDatabase(), sessions -> {
                new PasswordHistory(sessions.maintenance()).abandon(user);
                changing.ready(sessions.maintenance());
            });
        }
        return failures;
    }

    private void attempt(List<RuntimeException> failures, String database, Consumer<ProjectSessions> work) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, Deadline.in(LAST))) {
            work.accept(sessions);
        } catch (RuntimeException failure) {
            failures.add(failure);
        }
    }

    private PasswordRotationException exception(RuntimeException failure, List<RuntimeException> left) {
        String what = "The password of \"" + user + "\" could not be changed on every node: " + what(failure);
        Place where =
                failure instanceof CitusTenancyException known ? known.failure().where() : Place.unknown();
        if (left.isEmpty()) {
            return new PasswordRotationException(
                    Failure.of(what)
                            .where(where)
                            .state("the password before is in force again on every node")
                            .fix("fix that, and call rotatePassword again; password() has the new one"),
                    failure,
                    user,
                    password);
        }
        return new PasswordRotationException(
                Failure.of(what + "; nor could the password before be restored everywhere: " + what(left.get(0)))
                        .where(where)
                        .state("the password before is in force again on the nodes that answered")
                        .fix(
                                "when all nodes are up, call rotatePassword with password() of this exception, which carries on, "
                                        + "or repair(), which restores the password before"),
                failure,
                user,
                password);
    }

    private static String what(RuntimeException failure) {
        return failure instanceof CitusTenancyException known
                ? known.failure().what() + " " + known.failure().where()
                : String.valueOf(failure.getMessage());
    }
}

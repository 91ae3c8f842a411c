package org.citustenancy.internal.provisioning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.planning.DatabaseSteps;
import org.citustenancy.internal.planning.RotationPlanner;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RotationQueries;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes an interrupted change of a password, so that all nodes have the same one. The result is the former password,
 * which the user has, if a node still stores it in clear for the other nodes, or if no node needs it. Otherwise it is
 * the new password.
 */
final class RotationRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(RotationRecovery.class);

    /** The states in which databases accept no sessions. */
    private static final Set<ProjectState> CLOSED =
            Set.of(ProjectState.SEALED, ProjectState.CLONING, ProjectState.DROPPING);

    private final Cluster cluster;
    private final Topology topology;

    RotationRecovery(Cluster cluster, Topology topology) {
        this.cluster = cluster;
        this.topology = topology;
    }

    /** Finishes the change, and takes the necessary locks, which the caller does not hold. */
    void finish(String user) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions =
                        new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline);
                UserLocks locks =
                        UserLocks.take(cluster.registry(sessions.maintenance()), sessions.maintenance(), user)) {
            finish(sessions, locks.projects(), user, deadline);
        }
    }

    /** Finishes the change for a caller that holds the locks. */
    void finish(ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        PasswordHistory history = new PasswordHistory(sessions.maintenance());
        for (PasswordHistory.Unfinished change : history.unfinished(List.of(user))) {
            Recovery recovery = recovery(change, sessions, projects, user, deadline);
            if (recovery.goesBack()) {
                LOG.info("Restoring the password that \"{}\" had before a change that did not end", user);
                run(recovery, sessions, user, deadline);
                history.abandon(user);
            } else {
                LOG.warn("Completing a change of the password of \"{}\": no node has the one before any more", user);
                run(recovery, sessions, user, deadline);
                history.end(user);
            }
        }
    }

    /** Returns the steps that {@link #finish(ProjectSessions, List, String, Deadline)} would run now. */
    List<DatabaseSteps> plan(ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        return new PasswordHistory(sessions.maintenance())
                .unfinished(List.of(user)).stream()
                        .map(change -> recovery(change, sessions, projects, user, deadline))
                        .flatMap(recovery -> recovery.parts(user, topology).stream())
                        .toList();
    }

    /** The password that all nodes get: the former or the new one. */
    private record Recovery(boolean goesBack, Set<String> projects, Optional<Secret> password) {

        /**
         * Returns the steps: first those of the role, then those of the passwords between the nodes of each project.
         */
        List<DatabaseSteps> parts(String user, Topology topology) {
            RotationPlanner planner = new RotationPlanner(topology, user);
            Stream<DatabaseSteps> ofTheRole =
                    Stream.of(new DatabaseSteps(user, goesBack ? planner.back() : planner.forward()));
            Stream<DatabaseSteps> betweenNodes = password.stream().flatMap(secret -> projects.stream()
                    .map(project -> new DatabaseSteps(project, planner.betweenNodes(secret))));
            return Stream.concat(ofTheRole, betweenNodes).toList();
        }
    }

    private Recovery recovery(
            PasswordHistory.Unfinished change,
            ProjectSessions sessions,
            List<String> projects,
            String user,
            Deadline deadline) {
        new RotationReadiness(cluster, topology).ofTheRole(sessions.maintenance(), user);
        Map<String, List<String>> known = known(sessions, projects, user, deadline);
        Optional<Secret> former = inForce(known, change.former());
        Optional<Secret> changed = inForce(known, change.changed());
        if (known.isEmpty() || former.isPresent()) {
            return new Recovery(true, known.keySet(), former);
        }
        if (changed.isPresent()) {
            return new Recovery(false, known.keySet(), changed);
        }
        throw new ConflictException(Failure.of("A change of the password of \"" + user
                        + "\" did not end, and no node knows the password before or the new one any more")
                .state("nothing was changed")
                .fix("give the user a password with rotatePassword"));
    }

    private void run(Recovery recovery, ProjectSessions sessions, String user, Deadline deadline) {
        new QueryFence(cluster, topology, deadline).around(List.copyOf(recovery.projects()), () -> {
            for (DatabaseSteps part : recovery.parts(user, topology)) {
                try (ProjectSessions inside = new ProjectSessions(cluster.sessions(), part.database(), deadline)) {
                    new ProjectContext(cluster, topology, part.runInProject() ? inside : sessions, part.database())
                            .run(part.steps());
                }
            }
            return true;
        });
    }

    /**
     * Returns the connection parameters that the nodes of each project present to each other for the user, for the
     * projects that have any.
     */
    private Map<String, List<String>> known(
            ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        Map<String, List<String>> known = new LinkedHashMap<>();
        if (topology.citus()) {
            projects.stream()
                    .filter(project -> !CLOSED.contains(cluster.registry(sessions.maintenance())
                            .require(project)
                            .state()))
                    .forEach(project -> new NodePasswords(cluster)
                            .in(project, user, deadline)
                            .ifPresent(onCoordinator -> known.put(
                                    project,
                                    Stream.concat(Stream.of(onCoordinator), onWorkers(project, user, deadline))
                                            .toList())));
        }
        return known;
    }

    private Stream<String> onWorkers(String project, String user, Deadline deadline) {
        try (Session session = cluster.sessions().admin(project, deadline)) {
            Question<List<String>> question =
                    Question.list(RotationQueries.nodePassword(user), row -> row.text(RotationQueries.RESULT));
            return BatchQueryExecutor.tryWorkers(session, topology.workers(), question).values().stream()
                    .flatMap(reply -> reply.orThrow(session.place()).stream())
                    .toList()
                    .stream();
        }
    }

    private static Optional<Secret> inForce(Map<String, List<String>> known, Optional<Verifier> verifier) {
        Predicate<Secret> matches =
                password -> verifier.map(there -> there.matches(password)).orElse(false);
        return known.values().stream()
                .flatMap(List::stream)
                .distinct()
                .flatMap(authinfo -> AuthInfo.passwordIn(authinfo).stream())
                .filter(matches)
                .findFirst();
    }
}

package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.DatabaseSteps;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.RotationPlanner;
import org.citustenancy.internal.planning.TemplateSealing;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a user's password on every node and, if the nodes authenticate the user with it, in every project. The change
 * runs behind a fence, so that no distributed query connects a node with the new password to a node with the former
 * one.
 *
 * <p>The rotation checks every node before it changes the first one. The registry keeps the verifier of the former
 * password from the first change to the last. A failure in between is rolled back at once. If a node no longer answers,
 * it is rolled back when the password is changed again or a project of the user is repaired.
 */
public final class PasswordRotation {

    private static final Logger LOG = LoggerFactory.getLogger(PasswordRotation.class);

    /**
     * The states in which a project's database accepts no connections and its contents are created again or dropped.
     */
    private static final Set<ProjectState> NOBODY_ENTERS =
            Set.of(ProjectState.SEALED, ProjectState.CLONING, ProjectState.DROPPING);

    private final Cluster cluster;

    /** Creates a rotation on a cluster. */
    public PasswordRotation(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the steps that {@link #rotate(String, Secret)} would run now. Changes nothing and does not close the
     * fence.
     *
     * @return the plan, under the name of the user
     */
    public ProvisioningPlan plan(String user) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            List<String> projects = cluster.registry(sessions.maintenance()).projectsOf(user);
            requireProjects(projects, user);
            new RotationReadiness(cluster, topology).ofTheRole(sessions.maintenance(), user);
            List<DatabaseSteps> parts = new ArrayList<>(planRecovery(topology, sessions, projects, user, deadline));
            Map<String, String> betweenNodes = betweenNodes(topology, sessions, projects, user, deadline);
            parts.addAll(outdating(topology, sessions, projects));
            // Every password gives the same steps, and no step shows it.
            parts.addAll(changing(topology, betweenNodes.keySet(), user, Secret.generate()));
            return PlanPrinter.showAll(user, cluster.maintenanceDatabase(), parts);
        }
    }

    /**
     * Changes a password, and notifies the cluster's listener of it.
     *
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began
     */
    public void rotate(String user, Secret password) {
        rotate(user, password, StepListener.NONE);
    }

    /**
     * Changes a password, and notifies the cluster's listener of it.
     *
     * @param listener is notified of each step
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began
     */
    public void rotate(String user, Secret password, StepListener listener) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            cluster.registry(sessions.maintenance()).ensure();
            requireProjects(cluster.registry(sessions.maintenance()).projectsOf(user), user);
            List<String> projects;
            ChangingProjects changed;
            try (SessionEnding ending = SessionEnding.nearDeadline(cluster, topology, user, deadline);
                    UserLocks locks = locks(sessions, user)) {
                projects = locks.projects();
                requireProjects(projects, user);
                new RotationReadiness(cluster, topology).ofTheRole(sessions.maintenance(), user);
                recover(topology, sessions, projects, user, deadline);
                changed = change(topology, sessions, projects, user, password, deadline, listener);
                ending.notNeededAnyMore();
            }
            cluster.passwordListener().passwordChanged(user, password, projects);
            // The caller needs the password, regardless of the outcome of a change that another call began.
            projects.stream()
                    .filter(project -> !changed.includes(project))
                    .forEach(project ->
                            new InterruptedChangeRecovery(cluster).finishIfPossible(sessions.maintenance(), project));
        }
    }

    private static void requireProjects(List<String> projects, String user) {
        if (projects.isEmpty()) {
            throw new NotFoundException(Failure.of("\"" + user + "\" is in no project that is managed here")
                    .fix("name a user of a project"));
        }
    }

    private UserLocks locks(ProjectSessions sessions, String user) {
        try {
            return UserLocks.take(cluster.registry(sessions.maintenance()), sessions.maintenance(), user);
        } catch (DeadlineExceededException passed) {
            throw new DeadlineExceededException(
                    Failure.of("The password of \"" + user + "\" could not be changed within "
                                    + cluster.allowed().toMillis()
                                    + " ms: another operation holds the locks of the user's projects")
                            .where(passed.failure().where())
                            .state("nothing was changed; the password before is in force")
                            .fix(
                                    "wait until that has ended (pg_locks of the maintenance database shows who holds advisory "
                                            + "locks), or allow more time, and run it again"),
                    passed);
        }
    }

    /** Finishes an earlier change. Its remains would make the rollback of this change wrong. */
    private void recover(
            Topology topology, ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        try {
            new RotationRecovery(cluster, topology).finish(sessions, projects, user, deadline);
        } catch (ConflictException unknown) {
            LOG.debug("Only a new password helps: {}", unknown.getMessage());
        }
    }

    private List<DatabaseSteps> planRecovery(
            Topology topology, ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        try {
            return new RotationRecovery(cluster, topology).plan(sessions, projects, user, deadline);
        } catch (ConflictException unknown) {
            LOG.debug("Only a new password helps: {}", unknown.getMessage());
            return List.of();
        }
    }

    private ChangingProjects change(
            Topology topology,
            ProjectSessions sessions,
            List<String> projects,
            String user,
            Secret password,
            Deadline deadline,
            StepListener listener) {
        Map<String, String> betweenNodes = betweenNodes(topology, sessions, projects, user, deadline);
        List<DatabaseSteps> outdating = outdating(topology, sessions, projects);
        return new QueryFence(cluster, topology, deadline).around(List.copyOf(betweenNodes.keySet()), () -> {
            // Not earlier, because a fence that does not close leaves the old password; and before the password
            // changes.
            outdating.forEach(part -> run(part, topology, sessions, deadline, StepListener.NONE));
            RotationRollback rollback = new RotationRollback(cluster, topology, user, password, betweenNodes);
            return rollback.unlessItSucceeds(
                    () -> ChangingProjects.among(sessions.maintenance(), projects), changing -> {
                        changing(topology, betweenNodes.keySet(), user, password)
                                .forEach(part -> run(part, topology, sessions, deadline, listener));
                        new PasswordHistory(sessions.maintenance()).end(user);
                        changing.ready(sessions.maintenance());
                    });
        });
    }

    private static List<DatabaseSteps> changing(
            Topology topology, Set<String> betweenNodes, String user, Secret password) {
        RotationPlanner planner = new RotationPlanner(topology, user);
        List<DatabaseSteps> parts = new ArrayList<>();
        parts.add(new DatabaseSteps(user, planner.ofTheRole(password)));
        betweenNodes.forEach(project -> parts.add(new DatabaseSteps(project, planner.betweenNodes(password))));
        return parts;
    }

    private void run(
            DatabaseSteps part, Topology topology, ProjectSessions sessions, Deadline deadline, StepListener listener) {
        if (part.runInProject()) {
            try (ProjectSessions inside = new ProjectSessions(cluster.sessions(), part.database(), deadline)) {
                new ProjectContext(cluster, topology, inside, part.database(), listener).run(part.steps());
            }
        } else {
            new ProjectContext(cluster, topology, sessions, part.database(), listener).run(part.steps());
        }
    }

    /** Returns the coordinator's connection parameter for the user in each project whose nodes require passwords. */
    private Map<String, String> betweenNodes(
            Topology topology, ProjectSessions sessions, List<String> projects, String user, Deadline deadline) {
        Map<String, String> found = new LinkedHashMap<>();
        if (topology.citus()) {
            projects.stream()
                    .filter(project -> !NOBODY_ENTERS.contains(state(sessions, project)))
                    .forEach(project -> new NodePasswords(cluster)
                            .in(project, user, deadline)
                            .ifPresent(authinfo -> {
                                new RotationReadiness(cluster, topology).betweenNodes(project, deadline);
                                found.put(project, authinfo);
                            }));
        }
        return found;
    }

    private ProjectState state(ProjectSessions sessions, String project) {
        return cluster.registry(sessions.maintenance()).require(project).state();
    }

    /**
     * Returns the steps that mark templates as outdated. Each template contains the password, and so would every copy
     * of it.
     */
    private List<DatabaseSteps> outdating(Topology topology, ProjectSessions sessions, List<String> projects) {
        return projects.stream()
                .filter(project -> state(sessions, project) == ProjectState.SEALED)
                .map(template -> new DatabaseSteps(
                        cluster.maintenanceDatabase(), new TemplateSealing(template, topology).outdate()))
                .toList();
    }
}

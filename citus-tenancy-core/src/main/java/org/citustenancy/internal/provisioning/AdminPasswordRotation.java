package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.TemplateSealing;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AdminRotation;
import org.citustenancy.users.AdminRotation.RemainingNode;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes the admin's password on every node, in the admin's rows of {@code pg_dist_authinfo} and in the sessions of
 * this library.
 *
 * <p>The workers change first and the coordinator last, so that the coordinator shows the progress of an interrupted
 * change. While the coordinator accepts the former password, resuming needs both passwords, and a call with the new one
 * has both. Once the coordinator accepts the new password, all nodes accept it, and only rows of projects are pending.
 */
public final class AdminPasswordRotation {

    private static final Logger LOG = LoggerFactory.getLogger(AdminPasswordRotation.class);

    /** The states in which sessions enter a project's database. */
    private static final Set<ProjectState> ENTERED =
            Set.of(ProjectState.READY, ProjectState.CHANGING, ProjectState.RESTORING, ProjectState.PREPARING);

    private final Cluster cluster;

    /** Creates a rotation on a cluster. */
    public AdminPasswordRotation(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Changes the password.
     *
     * @return the pending changes
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began
     */
    public AdminRotation rotate(Secret password) {
        Deadline deadline = cluster.deadline();
        Changed changed;
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            cluster.registry(sessions.maintenance()).ensure();
            // Closing the session releases the locks. It cannot fail, because a failure would lose the result.
            UserLocks locks = locks(sessions);
            LOG.debug("Holding the locks of {} projects", locks.projects().size());
            changed = rotate(sessions, topology, password, deadline);
        }
        changed.unfinished().forEach(this::finish);
        return changed.rotation();
    }

    /** Finishes a project that an earlier change left pending and that is complete now. */
    private void finish(String project) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            new InterruptedChangeRecovery(cluster).finishIfPossible(maintenance, project);
        } catch (CitusTenancyException failure) {
            // The caller gets the password, even if the coordinator does not answer.
            LOG.warn("Whether \"{}\" is still being changed is not known; repair() finishes that", project, failure);
        }
    }

    /**
     * The result of the change.
     *
     * @param unfinished the projects that were being changed before
     */
    private record Changed(AdminRotation rotation, List<String> unfinished) {}

    private UserLocks locks(ProjectSessions sessions) {
        try {
            return UserLocks.ofAdmin(cluster.registry(sessions.maintenance()), sessions.maintenance());
        } catch (DeadlineExceededException passed) {
            throw new DeadlineExceededException(
                    Failure.of("The password of the admin could not be changed within "
                                    + cluster.allowed().toMillis()
                                    + " ms: another operation holds the lock of a project")
                            .where(passed.failure().where())
                            .state("nothing was changed; the password before is in force")
                            .fix(
                                    "wait until that has ended (pg_locks of the maintenance database shows who holds advisory "
                                            + "locks), or allow more time, and run it again"),
                    passed);
        }
    }

    private Changed rotate(ProjectSessions sessions, Topology topology, Secret password, Deadline deadline) {
        Secret former = cluster.sessions().adminPassword();
        AdminNodes nodes = new AdminNodes(cluster, topology, deadline);
        AdminRows rows = new AdminRows(cluster, topology, nodes);
        Map<Node, AdminNodes.State> before = nodes.states(sessions.maintenance(), former, password);
        List<String> projects = topology.citus() ? rows.among(entered(sessions), former, password) : List.of();
        if (!projects.isEmpty() || before.values().stream().anyMatch(state -> state.rows() > 0)) {
            outdateTemplates(sessions, topology);
        }
        Verifier verifier = verifier(before, password);
        AdminRotationRollback rollback = new AdminRotationRollback(cluster, topology, before, verifier, password);
        ChangingProjects changing = ChangingProjects.among(sessions.maintenance(), projects);
        long begun = System.nanoTime();
        rollback.unlessItSucceeds(changing, () -> {
            cluster.sessions().acceptAlso(password);
            changeWorkers(nodes, before, verifier, password);
            changeCoordinator(sessions.maintenance(), topology, verifier, password);
        });
        cluster.sessions().settleOn(password);
        return rollback.withThePassword(() -> {
            Map<String, RemainingNode> failed = rows.replace(projects, password);
            Duration interruption = Duration.ofNanos(System.nanoTime() - begun);
            List<String> replaced = projects.stream()
                    .filter(project -> !failed.containsKey(project))
                    .toList();
            replaced.forEach(project -> changing.ready(sessions.maintenance(), project));
            List<RemainingNode> remaining = new ArrayList<>(failed.values());
            remaining.addAll(rows.closedPassages(replaced, password));
            AdminRotation rotation = new AdminRotation(password, remaining, interruption);
            log(rotation);
            return new Changed(
                    rotation,
                    replaced.stream()
                            .filter(project -> !changing.includes(project))
                            .toList());
        });
    }

    private static void log(AdminRotation rotation) {
        if (rotation.isComplete()) {
            LOG.info("{}, within {} ms", rotation, rotation.interruption().toMillis());
        } else {
            LOG.warn("{}", rotation);
        }
    }

    private List<String> entered(ProjectSessions sessions) {
        return in(ENTERED, sessions);
    }

    private List<String> in(Set<ProjectState> states, ProjectSessions sessions) {
        return cluster.registry(sessions.maintenance()).list().stream()
                .filter(project -> states.contains(project.state()))
                .map(RegisteredProject::name)
                .toList();
    }

    /** Marks the templates as outdated: they contain the former password, and so would every copy of them. */
    private void outdateTemplates(ProjectSessions sessions, Topology topology) {
        for (String template : in(Set.of(ProjectState.SEALED), sessions)) {
            List<PlannedStep> steps = new TemplateSealing(template, topology).outdate();
            new ProjectContext(cluster, topology, sessions, cluster.maintenanceDatabase()).run(steps);
        }
    }

    /**
     * Returns the new verifier: the one that an earlier change has already set, if any, so that all nodes get the same.
     */
    private static Verifier verifier(Map<Node, AdminNodes.State> before, Secret password) {
        return before.values().stream()
                .filter(state -> state.accepts(password))
                .map(state -> Verifier.stored(state.verifier()))
                .findFirst()
                .orElseGet(() -> Verifier.of(password));
    }

    private static void changeWorkers(
            AdminNodes nodes, Map<Node, AdminNodes.State> before, Verifier verifier, Secret password) {
        Map<Node, Secret> workers = new LinkedHashMap<>();
        before.forEach((node, state) -> {
            if (!node.isCoordinator()) {
                workers.put(node, state.accepted());
            }
        });
        nodes.change(workers, worker -> verifier.reveal(), password)
                .values()
                .forEach(answer -> answer.orThrow(Place.unknown()));
    }

    private void changeCoordinator(Session maintenance, Topology topology, Verifier verifier, Secret password) {
        List<Query> secrets = new ArrayList<>();
        secrets.add(RoleStatements.setVerifier(cluster.sessions().admin(), verifier.reveal()));
        if (topology.citus()) {
            secrets.add(AdminRotationStatements.replaceOpenly(AuthInfo.of(password)));
        }
        maintenance.inTransaction(() -> {
            AdminNodes.runConfidentially(maintenance, secrets);
            return true;
        });
    }
}

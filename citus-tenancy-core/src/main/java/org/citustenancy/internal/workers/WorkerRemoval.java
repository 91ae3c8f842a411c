package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.registry.LeavingWorkers;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.Rebalancing;

/**
 * Removes a worker from the cluster, once its shards are on other nodes. It is removed from the maintenance database
 * first, so that no new project is created on it, and then from one project after the other.
 */
public final class WorkerRemoval {

    private final Cluster cluster;
    private final StepPath path;
    private final ProjectMembership membership;

    /** Creates removals from a cluster. */
    public WorkerRemoval(Cluster cluster) {
        this(new StepPath(cluster, Purpose.CHANGE));
    }

    private WorkerRemoval(StepPath path) {
        this.cluster = path.cluster();
        this.path = path;
        this.membership = new ProjectMembership(path);
    }

    /**
     * Returns the steps that {@link #remove} would run now. Changes nothing.
     *
     * @param how the options of the moves of its shards
     */
    public static NodePlan plan(Cluster cluster, Node worker, Rebalancing how) {
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> steps = new WorkerRemoval(new StepPath(cluster, Purpose.PLAN)).remove(worker, how, changes);
        return changes.plan(worker, steps);
    }

    /**
     * Removes a worker.
     *
     * @param how the options of the moves of its shards
     */
    public NodeChange remove(Node worker, Rebalancing how) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> outcomes = remove(worker, how, changes);
        return changes.of(worker, outcomes, begun);
    }

    private List<StepOutcome> remove(Node worker, Rebalancing how, ProjectChanges changes) {
        RemovalReadiness readiness = RemovalReadiness.of(path, worker);
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(projects, cluster.together(), readiness::checkRole);
        if (changes.failed()) {
            return List.of();
        }
        readiness.requireRegistered();
        List<StepOutcome> outcomes = new ArrayList<>();
        if (readiness.canDrain()) {
            outcomes.addAll(new WorkerDrain(path).drain(worker, how, changes));
        } else if (readiness.mayLoseShards()) {
            changes.inEach(projects, cluster.together(), readiness::checkShards);
        }
        if (changes.failed()) {
            return outcomes;
        }
        FollowingProjects following = new FollowingProjects(path);
        outcomes.addAll(leaveCluster(worker, readiness, following));
        List<String> templates = ManagedProjects.templates(cluster);
        changes.inEach(templates, cluster.together(), this::drop);
        changes.inEach(
                projects,
                cluster.together(),
                project -> following.follow(project, () -> leave(project, worker, readiness.answers())));
        if (readiness.holdsProjects()) {
            outcomes.addAll(clear(worker, projects, templates, changes));
        }
        if (!changes.failed()) {
            hasLeft(worker);
        }
        return outcomes;
    }

    /** Drops the databases and roles of projects on the worker, which is no longer part of the cluster. */
    private List<StepOutcome> clear(
            Node worker, List<String> projects, List<String> templates, ProjectChanges changes) {
        WorkerClearance clearance = new WorkerClearance(path, worker);
        changes.inEach(projects, cluster.together(), clearance::dropDatabase);
        changes.inEach(templates, cluster.together(), clearance::dropDatabase);
        List<StepOutcome> outcomes = new ArrayList<>(clearance.dropDatabase(EmptyTemplateQueries.NAME));
        if (changes.failed()) {
            // A role cannot be dropped while it has privileges in a database that stays until the next call.
            return outcomes;
        }
        Set<String> dropped = new TreeSet<>(projects);
        dropped.addAll(templates);
        dropped.add(EmptyTemplateQueries.NAME);
        outcomes.addAll(clearance.dropRoles(dropped));
        return outcomes;
    }

    private void hasLeft(Node worker) {
        if (!path.plans()) {
            try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
                new LeavingWorkers(maintenance).remove(worker);
            }
        }
    }

    /** Drops a template. Copies of it would still refer to the removed worker. */
    private List<StepOutcome> drop(String template) {
        ProjectRemover remover = new ProjectRemover(cluster);
        return path.plans()
                ? StepPath.notDone(remover.plan(template))
                : remover.drop(template, false).outcomes();
    }

    private List<StepOutcome> leaveCluster(Node worker, RemovalReadiness readiness, FollowingProjects following) {
        return membership.changeCluster((topology, sessions) -> {
            List<PlannedStep> steps = leave(topology, sessions.maintenance(), worker, readiness.answers());
            if (!steps.isEmpty() && !path.plans()) {
                // Or a repeated call would not know whose server answers at this address.
                new LeavingWorkers(sessions.maintenance()).save(worker, readiness.leaving());
            }
            return following.after(steps, sessions.maintenance());
        });
    }

    private List<StepOutcome> leave(String project, Node worker, boolean answers) {
        return membership.change(project, (topology, sessions) -> leave(topology, sessions.project(), worker, answers));
    }

    private static List<PlannedStep> leave(Topology topology, Session session, Node node, boolean answers) {
        MembershipPlanner planner = new MembershipPlanner(topology);
        List<RegisteredServer> servers = RegisteredServer.in(session);
        return ProjectMembership.registration(session, node)
                .map(row -> servers.stream().filter(RegisteredServer.at(node)).anyMatch(RegisteredServer::isPrimary)
                        ? planner.leave(
                                node,
                                !answers && row.get(PG_DIST_NODE.active),
                                secondaries(servers, row.get(PG_DIST_NODE.group)))
                        : List.of(planner.removeSecondary(node)
                                .because("the secondary leaves, and the coordinator still lists it")))
                .orElse(List.of());
    }

    private static List<Node> secondaries(List<RegisteredServer> servers, int group) {
        return servers.stream()
                .filter(server -> !server.isPrimary() && server.group() == group)
                .map(RegisteredServer::node)
                .toList();
    }
}

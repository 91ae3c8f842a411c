package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectRemover;
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
        List<StepOutcome> outcomes = new ArrayList<>();
        Standing standing = standing(worker);
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(projects, cluster.together(), project -> refuseOtherRole(project, worker, standing));
        if (changes.failed()) {
            return outcomes;
        }
        if (standing.isWorker() && standing.answers()) {
            outcomes.addAll(new WorkerDrain(path).drain(worker, how, changes));
            if (changes.failed()) {
                return outcomes;
            }
        }
        if (!standing.answers() && !standing.isStandby()) {
            changes.inEach(projects, cluster.together(), project -> refuseLoss(project, worker));
            if (changes.failed()) {
                return outcomes;
            }
        }
        FollowingProjects following = new FollowingProjects(path);
        outcomes.addAll(leaveCluster(worker, standing.answers(), following));
        List<String> templates = ManagedProjects.templates(cluster);
        changes.inEach(templates, cluster.together(), this::drop);
        changes.inEach(
                projects,
                cluster.together(),
                project -> following.follow(project, () -> leave(project, worker, standing.answers())));
        if (standing.answers() && !standing.isStandby()) {
            WorkerClearance clearance = new WorkerClearance(path, worker);
            changes.inEach(projects, cluster.together(), clearance::dropDatabase);
            changes.inEach(templates, cluster.together(), clearance::dropDatabase);
            outcomes.addAll(clearance.dropDatabase(EmptyTemplateQueries.NAME));
            Set<String> dropped = new TreeSet<>(projects);
            dropped.addAll(templates);
            dropped.add(EmptyTemplateQueries.NAME);
            outcomes.addAll(clearance.dropRoles(dropped));
        }
        if (!standing.isWorker() && outcomes.isEmpty() && changes.nothingDone()) {
            throw WorkerDrain.unknown(worker);
        }
        return outcomes;
    }

    /**
     * The state of the node that is to leave.
     *
     * @param isWorker whether the cluster has it as a worker
     * @param isSecondary whether the cluster has it as a secondary
     * @param answers whether it answers
     * @param isStandby whether it is a standby of a worker, which has no databases of its own
     */
    private record Standing(boolean isWorker, boolean isSecondary, boolean answers, boolean isStandby) {}

    private Standing standing(Node node) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            Optional<Candidate> server = new CandidateObserver(maintenance, topology)
                    .tryWorkers(List.of(node), List.of()).values().stream()
                            .flatMap(attempt -> attempt.candidate().stream())
                            .findFirst();
            boolean isWorker = topology.workers().contains(node);
            boolean isSecondary = topology.primaryOf(node).isPresent();
            boolean isStandby = isSecondary || server.map(Candidate::inRecovery).orElse(false);
            if (!isWorker && !isStandby && server.isPresent()) {
                refuseMember(maintenance, topology, node);
            }
            return new Standing(isWorker, isSecondary, server.isPresent(), !isWorker && isStandby);
        }
    }

    /**
     * Refuses a server that is a node of the cluster under another address: the databases of projects there are in use.
     */
    private static void refuseMember(Session maintenance, Topology topology, Node node) {
        int group = new CandidateObserver(maintenance, topology).groupInCurrentDatabase(node);
        boolean isMember = node.address().equals(topology.coordinator().address())
                || RegisteredServer.in(maintenance).stream()
                        .anyMatch(server -> group != 0 && server.isPrimary() && server.group() == group);
        if (isMember) {
            throw new ConflictException(Failure.of("The server at " + node.address()
                            + " is no worker of that address, but the coordinator, or a copy of another worker")
                    .where(Place.unknown().on(node))
                    .state("nothing was changed")
                    .fix("see workers().list() for the workers; for a standby that took over, call relocate"));
        }
    }

    /** Refuses a node that is a worker in the cluster and a secondary in a project, or the other way round. */
    private List<StepOutcome> refuseOtherRole(String project, Node node, Standing standing) {
        if (standing.isWorker() || standing.isSecondary()) {
            try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
                RegisteredServer.in(session).stream()
                        .filter(RegisteredServer.at(node))
                        .filter(server -> server.isPrimary() != standing.isWorker())
                        .findFirst()
                        .ifPresent(server -> {
                            throw new ConflictException(Failure.of("The project has not followed a failover: "
                                            + node.address() + " is a " + (server.isPrimary() ? "worker" : "secondary")
                                            + " there, and a " + (standing.isWorker() ? "worker" : "secondary")
                                            + " of the cluster")
                                    .where(Place.unknown().on(node).in(project))
                                    .state("nothing was changed")
                                    .fix("call repair() of the project, or relocate"));
                        });
            }
        }
        return List.of();
    }

    private List<StepOutcome> refuseLoss(String project, Node worker) {
        try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
            String left = WorkerDrain.onlyOn(session, worker);
            if (!left.isEmpty()) {
                throw new ConflictException(
                        Failure.of("The worker does not answer, and has shards that are nowhere else: " + left)
                                .where(Place.unknown().on(worker).in(project))
                                .state("nothing was changed")
                                .fix("bring it back, or bring its data up at another address and call relocate"));
            }
            return List.of();
        }
    }

    /** Drops a template. Copies of it would still refer to the removed worker. */
    private List<StepOutcome> drop(String template) {
        ProjectRemover remover = new ProjectRemover(cluster);
        return path.plans()
                ? StepPath.notDone(remover.plan(template))
                : remover.drop(template, false).outcomes();
    }

    private List<StepOutcome> leaveCluster(Node worker, boolean answers, FollowingProjects following) {
        return membership.changeCluster((topology, sessions) ->
                following.after(leave(topology, sessions.maintenance(), worker, answers), sessions.maintenance()));
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

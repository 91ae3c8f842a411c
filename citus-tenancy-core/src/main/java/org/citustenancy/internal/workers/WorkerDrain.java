package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.ShardTransfer;

/** Drains a worker: moves its shards to other nodes, and keeps new ones away from it. */
public final class WorkerDrain {

    private final Cluster cluster;
    private final StepPath path;
    private final ProjectMembership membership;

    /** Creates drains in a cluster. */
    public WorkerDrain(Cluster cluster) {
        this(new StepPath(cluster, Purpose.CHANGE));
    }

    WorkerDrain(StepPath path) {
        this.cluster = path.cluster();
        this.path = path;
        this.membership = new ProjectMembership(path);
    }

    /**
     * Returns the steps that {@link #drain(Node, Rebalancing)} would run now. Changes nothing.
     *
     * @param how the options of the moves
     */
    public static NodePlan plan(Cluster cluster, Node worker, Rebalancing how) {
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> steps = new WorkerDrain(new StepPath(cluster, Purpose.PLAN)).drain(worker, how, changes);
        return changes.plan(worker, steps);
    }

    /**
     * Moves all shards away from a worker.
     *
     * @param how the options of the moves
     */
    public NodeChange drain(Node worker, Rebalancing how) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> outcomes = drain(worker, how, changes);
        return changes.of(worker, outcomes, begun);
    }

    List<StepOutcome> drain(Node worker, Rebalancing how, ProjectChanges changes) {
        Deadline deadline = cluster.sessions().deadline(how.within());
        requirePrimaries(worker);
        changes.inEach(
                ManagedProjects.names(cluster), cluster.together(), project -> requireIdentity(project, worker, how));
        if (changes.failed()) {
            return List.of();
        }
        FollowingProjects following = new FollowingProjects(path);
        List<StepOutcome> outcomes = membership.changeCluster((topology, sessions) -> {
            List<String> projects = ManagedProjects.names(cluster, sessions.maintenance());
            refuseLast(topology, worker, projects);
            return topology.drained().contains(worker)
                    ? List.of()
                    : following.after(new MembershipPlanner(topology).drain(worker), sessions.maintenance());
        });
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(
                projects, cluster.together(), project -> following.follow(project, () -> close(project, worker)));
        changes.inEach(projects, new ParallelTasks(cluster.threads(), 1), project -> {
            if (path.plans()) {
                changes.planned(project, new ShardMoves(cluster).plan(project, Optional.of(worker), how));
            } else {
                empty(project, worker, how, deadline);
            }
            return List.of();
        });
        return outcomes;
    }

    /**
     * Checks, before any change, that the worker is no secondary, and that all workers answer: Citus notifies every
     * active worker of each change, and fails if one is down.
     */
    private void requirePrimaries(Node worker) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            topology.primaryOf(worker).ifPresent(primary -> {
                throw new ConflictException(Failure.of("The server at " + worker.address() + " is a secondary of the "
                                + primary + ", and has no shards of its own")
                        .where(Place.unknown().on(worker))
                        .state("nothing was changed")
                        .fix("drain the " + primary + "; to take out the secondary alone, call remove"));
            });
            List<Node> active = maintenance.fetch(WorkerQueries.registrations()).stream()
                    .filter(row -> row.get(PG_DIST_NODE.active))
                    .map(row -> new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)))
                    .toList();
            new CandidateObserver(maintenance, topology)
                    .tryWorkers(active, List.of())
                    .forEach(WorkerDrain::requirePrimary);
        }
    }

    private static void requirePrimary(Node node, CandidateObserver.Attempt attempt) {
        attempt.failure().ifPresent(failure -> {
            throw new NodeUnreachableException(Failure.of("The coordinator does not reach the " + node + ": " + failure)
                    .where(Place.unknown().on(node))
                    .state("nothing was changed")
                    .fix("start the worker, and check that it accepts the coordinator's admin; a worker that is "
                            + "gone for good is taken out by remove"));
        });
        if (attempt.candidate().map(Candidate::inRecovery).orElse(false)) {
            throw new ConflictException(Failure.of("The " + node + " is a standby, which accepts no writes")
                    .where(Place.unknown().on(node))
                    .state("nothing was changed")
                    .fix("call relocate with the address of the server that took over"));
        }
    }

    /** Checks each project before any change: a refusal in one project would leave the worker partly drained. */
    private List<StepOutcome> requireIdentity(String project, Node worker, Rebalancing how) {
        if (how.transfer() == ShardTransfer.AUTO) {
            try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
                new MovableShards(project, session).requireIdentity(worker, how.transfer());
            }
        }
        return List.of();
    }

    private static void refuseLast(Topology topology, Node worker, List<String> projects) {
        if (!topology.workers().contains(worker)) {
            throw unknown(worker);
        }
        boolean another = topology.coordinatorHoldsShards()
                || topology.workers().stream()
                        .anyMatch(other ->
                                !other.equals(worker) && !topology.drained().contains(other));
        if (!another && !projects.isEmpty()) {
            throw new ConflictException(Failure.of("The " + worker + " is the last node on which shards may lie")
                    .state("nothing was changed")
                    .fix("add another worker first, or drop the projects"));
        }
    }

    static NotFoundException unknown(Node worker) {
        return new NotFoundException(Failure.of("No worker " + worker.address() + " is known here")
                .state("nothing was changed")
                .fix("see workers().list() for those that are"));
    }

    private List<StepOutcome> close(String project, Node worker) {
        return membership.change(
                project, (topology, sessions) -> ProjectMembership.registration(sessions.project(), worker)
                        .filter(row -> row.get(PG_DIST_NODE.shards))
                        .map(row -> new MembershipPlanner(topology).drain(worker))
                        .orElse(List.of()));
    }

    private void empty(String project, Node worker, Rebalancing how, Deadline deadline) {
        try (Session session = cluster.sessions().admin(project, deadline)) {
            if (session.fetch(WorkerQueries.onlyOn(worker)).isEmpty()) {
                return;
            }
            new ShardMoves(cluster).drain(project, how, deadline);
            String left = onlyOn(session, worker);
            if (!left.isEmpty()) {
                throw new IncompleteException(Failure.of("Shards are still on the worker alone: " + left)
                        .where(Place.unknown().on(worker).in(project))
                        .state("the other shards were moved away")
                        .fix("see whether another session moves shards or has pinned them there, and call it again"));
            }
        }
    }

    /** Returns the shards that a worker has and no other node, as text; empty if there are none. */
    static String onlyOn(Session session, Node worker) {
        return session.fetch(WorkerQueries.onlyOn(worker)).stream()
                .map(row -> row.get(WorkerQueries.SHARDS) + " of " + row.get(WorkerQueries.TABLE))
                .collect(Collectors.joining(", "));
    }
}

package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.running.ProjectsTogether;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.WorkerChange;
import org.jooq.Record;

/**
 * Moves the shards away from a worker, and lets it leave. The cluster forgets it first, so that no new project goes there,
 * and then one project after the other.
 */
public final class WorkerRemoval {

    private final Cluster cluster;
    private final ProjectMembership membership;

    /**
     * Removals from a cluster.
     *
     * @param cluster the cluster
     */
    public WorkerRemoval(Cluster cluster) {
        this.cluster = cluster;
        this.membership = new ProjectMembership(cluster);
    }

    /**
     * Moves all shards away from a worker.
     *
     * @param worker the worker
     * @param how how they are moved
     * @return what was done
     */
    public WorkerChange drain(Node worker, Rebalancing how) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> outcomes = drain(worker, how, changes);
        return changes.of(worker, outcomes, begun);
    }

    private List<StepOutcome> drain(Node worker, Rebalancing how, ProjectChanges changes) {
        Deadline deadline = Deadline.in(how.within());
        List<StepOutcome> outcomes = membership.changeCluster((topology, lane) -> {
            List<String> projects = ManagedProjects.names(cluster, lane.maintenance());
            refuseLast(topology, worker, projects);
            return topology.drained().contains(worker) ? List.of() : new MembershipPlanner(topology).drain(worker);
        });
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(projects, cluster.together(), project -> close(project, worker));
        changes.inEach(projects, new ProjectsTogether(cluster.threads(), 1), project -> {
            empty(project, worker, how, deadline);
            return List.of();
        });
        return outcomes;
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
                    .done("nothing was changed")
                    .toDo("add another worker first, or drop the projects"));
        }
    }

    private static NotFoundException unknown(Node worker) {
        return new NotFoundException(Failure.of("No worker " + worker.address() + " is known here")
                .done("nothing was changed")
                .toDo("see workers().list() for those that are"));
    }

    private List<StepOutcome> close(String project, Node worker) {
        return membership.change(project, (topology, lane) -> registration(lane.project(), worker)
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
                        .done("the other shards were moved away")
                        .toDo("see whether somebody else moves shards or has pinned them there, and call it again"));
            }
        }
    }

    private static String onlyOn(Session session, Node worker) {
        return session.fetch(WorkerQueries.onlyOn(worker)).stream()
                .map(row -> row.get(WorkerQueries.SHARDS) + " of " + row.get(WorkerQueries.TABLE))
                .collect(Collectors.joining(", "));
    }

    private static Optional<Record> registration(Session session, Node worker) {
        return session.fetch(WorkerQueries.registration(worker)).stream()
                .<Record>map(row -> row)
                .findFirst();
    }

    /**
     * Lets a worker leave.
     *
     * @param worker the worker
     * @param how how its shards are moved away
     * @return what was done
     */
    public WorkerChange remove(Node worker, Rebalancing how) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> outcomes = new ArrayList<>();
        Standing standing = standing(worker);
        if (standing.registered() && standing.answers()) {
            outcomes.addAll(drain(worker, how, changes));
            if (changes.failed()) {
                return changes.of(worker, outcomes, begun);
            }
        }
        List<String> projects = ManagedProjects.names(cluster);
        if (!standing.answers()) {
            changes.inEach(projects, cluster.together(), project -> refuseLoss(project, worker));
            if (changes.failed()) {
                return changes.of(worker, outcomes, begun);
            }
        }
        outcomes.addAll(leaveCluster(worker, standing.answers()));
        changes.inEach(projects, cluster.together(), project -> leave(project, worker, standing.answers()));
        if (standing.answers()) {
            WorkerClearance clearance = new WorkerClearance(cluster, worker);
            changes.inEach(projects, cluster.together(), clearance::dropDatabase);
            outcomes.addAll(clearance.dropRoles());
        }
        WorkerChange change = changes.of(worker, outcomes, begun);
        if (!standing.registered() && !change.changed() && change.failures().isEmpty()) {
            throw unknown(worker);
        }
        return change;
    }

    private record Standing(boolean registered, boolean answers) {}

    private Standing standing(Node worker) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            boolean answers = new CandidateObserver(maintenance, topology)
                    .tryWorkers(List.of(worker)).values().stream()
                            .allMatch(attempt -> attempt.failure().isEmpty());
            return new Standing(topology.workers().contains(worker), answers);
        }
    }

    private List<StepOutcome> refuseLoss(String project, Node worker) {
        try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
            String left = onlyOn(session, worker);
            if (!left.isEmpty()) {
                throw new ConflictException(
                        Failure.of("The worker does not answer, and has shards that are nowhere else: " + left)
                                .where(Place.unknown().on(worker).in(project))
                                .done("nothing was changed")
                                .toDo("bring it back, or bring its data up at another address and call relocate"));
            }
            return List.of();
        }
    }

    private List<StepOutcome> leaveCluster(Node worker, boolean answers) {
        return membership.changeCluster((topology, lane) -> leave(topology, lane.maintenance(), worker, answers));
    }

    private List<StepOutcome> leave(String project, Node worker, boolean answers) {
        return membership.change(project, (topology, lane) -> leave(topology, lane.project(), worker, answers));
    }

    private static List<PlannedStep> leave(Topology topology, Session session, Node worker, boolean answers) {
        return registration(session, worker)
                .map(row -> new MembershipPlanner(topology).leave(worker, answers || !row.get(PG_DIST_NODE.active)))
                .orElse(List.of());
    }
}

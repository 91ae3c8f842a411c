package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.List;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.WorkerChange;
import org.citustenancy.workers.WorkerPlan;

/**
 * Changes a worker's address in every database. The projects come first: while the maintenance database has the old
 * address, it shows that a call was interrupted.
 */
public final class WorkerRelocation {

    private final Cluster cluster;
    private final StepPath path;
    private final ProjectMembership membership;

    /** Creates relocations in a cluster. */
    public WorkerRelocation(Cluster cluster) {
        this(new StepPath(cluster, Purpose.CHANGE));
    }

    private WorkerRelocation(StepPath path) {
        this.cluster = path.cluster();
        this.path = path;
        this.membership = new ProjectMembership(path);
    }

    /**
     * Returns the steps that {@link #relocate(Node, Node)} would run now. Changes nothing.
     *
     * @param worker the worker at its address so far
     * @param moved the worker at its new address
     */
    public static WorkerPlan plan(Cluster cluster, Node worker, Node moved) {
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> steps =
                new WorkerRelocation(new StepPath(cluster, Purpose.PLAN)).relocate(worker, moved, changes);
        return changes.plan(moved, steps);
    }

    /**
     * Changes the address of a worker.
     *
     * @param worker the worker at its address so far
     * @param moved the worker at its new address
     */
    public WorkerChange relocate(Node worker, Node moved) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> outcomes = relocate(worker, moved, changes);
        return changes.of(moved, outcomes, begun);
    }

    private List<StepOutcome> relocate(Node worker, Node moved, ProjectChanges changes) {
        check(worker, moved);
        FollowingProjects following = new FollowingProjects(path);
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            following.begin(maintenance);
        }
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(projects, cluster.together(), project -> {
            List<StepOutcome> outcomes = membership.change(
                    project, (topology, sessions) -> steps(topology, sessions.project(), worker, moved));
            return heard(project, outcomes);
        });
        List<StepOutcome> outcomes = changes.failed()
                ? List.of()
                : heard(
                        cluster.maintenanceDatabase(),
                        membership.changeCluster(
                                (topology, sessions) -> steps(topology, sessions.maintenance(), worker, moved)));
        if (!changes.failed()) {
            projects.forEach(following::hasFollowed);
        }
        return outcomes;
    }

    private void check(Node worker, Node moved) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            Node known = topology.workers().contains(worker) ? worker : moved;
            Record row =
                    ProjectMembership.registration(maintenance, known).orElseThrow(() -> WorkerDrain.unknown(worker));
            CandidateObserver observer = new CandidateObserver(maintenance, topology);
            CandidateObserver.Attempt attempt = observer.tryWorkers(List.of(moved), List.of())
                    .values()
                    .iterator()
                    .next();
            Candidate candidate = attempt.candidate()
                    .orElseThrow(() -> new NodeUnreachableException(Failure.of("The coordinator cannot get through to "
                                    + moved.address() + ": " + attempt.failure().orElse(""))
                            .state("nothing was changed")
                            .fix("start the worker there, and let the coordinator's admin in")));
            boolean same = candidate.citusCreated().isPresent() && observer.group(moved) == row.get(PG_DIST_NODE.group);
            if (!same) {
                throw new ConflictException(
                        Failure.of("The server at " + moved.address() + " is not the worker " + worker.address())
                                .where(Place.unknown().on(moved))
                                .state("nothing was changed")
                                .fix("bring the worker's own data up there; to take another server instead, add it and "
                                        + "remove the old one"));
            }
        }
    }

    private List<StepOutcome> heard(String database, List<StepOutcome> outcomes) {
        if (!outcomes.isEmpty() && !path.plans()) {
            new MetadataSync(cluster).await(database);
        }
        return outcomes;
    }

    private static List<PlannedStep> steps(Topology topology, Session session, Node worker, Node moved) {
        return ProjectMembership.registration(session, worker)
                .map(row -> new MembershipPlanner(topology).relocate(row.get(PG_DIST_NODE.id), moved))
                .orElse(List.of());
    }
}

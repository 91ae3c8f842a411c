package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.OpenDatabases;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.EmptyTemplates;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.registry.LeavingWorkers;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.UserOptions;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.Rebalancing;

/**
 * Adds a worker to the cluster: registers it and creates every project on it, with the steps of a repair of a worker
 * that has lost the projects.
 */
public final class WorkerAddition {

    private final Cluster cluster;
    private final StepPath path;
    private final StepListener listener;

    /**
     * Creates additions to a cluster.
     *
     * @param listener is notified of each step
     */
    public WorkerAddition(Cluster cluster, StepListener listener) {
        this(new StepPath(cluster, Purpose.CHANGE), listener);
    }

    private WorkerAddition(StepPath path, StepListener listener) {
        this.cluster = path.cluster();
        this.path = path;
        this.listener = listener;
    }

    /**
     * Returns the steps that {@link #add} would run now, without moves of shards, which Citus cannot plan before the
     * worker is registered. Changes nothing.
     */
    public static NodePlan plan(Cluster cluster, Node worker) {
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> steps =
                new WorkerAddition(new StepPath(cluster, Purpose.PLAN), StepListener.NONE).add(worker, changes);
        return changes.plan(worker, steps);
    }

    /**
     * Adds a worker.
     *
     * @param rebalancing the options for moving shards onto it, absent if they stay on their nodes
     */
    public NodeChange add(Node worker, Optional<Rebalancing> rebalancing) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        List<StepOutcome> joined = add(worker, changes);
        rebalancing.ifPresent(how -> new ShardMoves(cluster).rebalance(ManagedProjects.names(cluster), how, changes));
        return changes.of(worker, joined, begun);
    }

    private List<StepOutcome> add(Node worker, ProjectChanges changes) {
        List<StepOutcome> joined = join(worker);
        changes.inEach(ManagedProjects.names(cluster), cluster.together(), project -> grow(project, worker));
        return joined;
    }

    private List<StepOutcome> grow(String project, Node worker) {
        ProjectProvisioner provisioner = new ProjectProvisioner(cluster, topology -> topology.with(List.of(worker)));
        DesiredProject unchanged = DesiredProject.named(project);
        return path.plans()
                ? StepPath.notDone(provisioner.plan(unchanged))
                : provisioner.create(unchanged, listener).result().outcomes();
    }

    private List<StepOutcome> join(Node worker) {
        String database = cluster.maintenanceDatabase();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, deadline)) {
            if (!path.plans()) {
                cluster.registry(sessions.maintenance()).ensure();
            }
            return path.holding(
                    () -> AdvisoryLock.onGlobalObjects(sessions.maintenance()), () -> join(worker, sessions, deadline));
        }
    }

    private List<StepOutcome> join(Node worker, ProjectSessions sessions, Deadline deadline) {
        Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
        Topology both = topology.with(List.of(worker));
        Candidate candidate = new Admission(cluster, topology, sessions.maintenance()).admit(worker);
        List<PlannedStep> steps = new MembershipPlanner(topology)
                .join(
                        worker,
                        candidate.citusCreated().isPresent(),
                        topology.workers().contains(worker),
                        OpenDatabases.on(sessions.maintenance(), both, cluster.maintenanceDatabase()));
        FollowingProjects following = new FollowingProjects(path);
        List<StepOutcome> outcomes = new ArrayList<>();
        try {
            outcomes.addAll(take(following.after(steps, sessions.maintenance()), both, sessions));
        } catch (StepFailedException refused) {
            stayReady(following, worker, deadline);
            throw refused;
        }
        outcomes.addAll(prepare(worker, both, sessions));
        if (!path.plans()) {
            Topology joined = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            new KnownServers(sessions.maintenance(), joined).learn(List.of(worker));
            new LeavingWorkers(sessions.maintenance()).remove(worker);
        }
        return outcomes;
    }

    /**
     * Prepares what all projects need on the worker: their roles and an empty template, which do not depend on each
     * other.
     */
    private List<StepOutcome> prepare(Node worker, Topology both, ProjectSessions sessions) {
        List<String> projects = ManagedProjects.names(cluster, sessions.maintenance());
        List<Supplier<List<StepOutcome>>> each =
                List.of(() -> take(roles(projects, both, sessions), both, sessions), () -> {
                    if (!path.plans()) {
                        new EmptyTemplates(cluster)
                                .makeFor(projects.size(), topology -> topology.with(List.of(worker)));
                    }
                    return List.of();
                });
        return cluster.together().each(each, Supplier::get).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Registers the projects as ready again if the worker was not added, because it affects no project then. */
    private void stayReady(FollowingProjects following, Node worker, Deadline deadline) {
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            if (!TopologyReader.read(maintenance, cluster.requireCitus())
                    .workers()
                    .contains(worker)) {
                following.nothingChanged(maintenance);
            }
        }
    }

    /** Returns the steps that create all roles at once, so that the projects need not wait for each other. */
    private List<PlannedStep> roles(List<String> projects, Topology both, ProjectSessions sessions) {
        Map<String, DesiredUser> users = new LinkedHashMap<>();
        for (String project : projects) {
            cluster.registry(sessions.maintenance())
                    .find(project)
                    .ifPresent(entry -> entry.desired().staying().forEach(user -> users.put(user.name(), role(user))));
        }
        if (users.isEmpty()) {
            return List.of();
        }
        DesiredProject all = DesiredProject.named(cluster.maintenanceDatabase()).withUsers(List.copyOf(users.values()));
        return MembershipPlanner.roles(new PlanningContext(
                all, new ProjectObserver(both).observeRoles(sessions, List.copyOf(users.keySet())), both));
    }

    /** Returns the role alone. Its level, and the tables of that level, belong to each project. */
    private static DesiredUser role(DesiredUser user) {
        UserOptions options = user.options();
        UserOptions withoutTables = new UserOptions(
                options.schemas(), List.of(), options.settings(), options.connectionLimit(), options.validUntil());
        return new DesiredUser(user.name(), AccessLevel.READ_ONLY, withoutTables, user.password());
    }

    private List<StepOutcome> take(List<PlannedStep> steps, Topology topology, ProjectSessions sessions) {
        return path.take(topology, cluster.maintenanceDatabase(), steps, sessions, listener);
    }
}

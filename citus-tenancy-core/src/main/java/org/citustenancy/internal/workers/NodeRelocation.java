package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.probing.ServerProbe;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;

/**
 * Changes a node's address in every database. The projects come first: while the maintenance database has the old
 * address, it shows that a call was interrupted. Only when every database has the new address does a call wait for
 * Citus, which notifies the workers in the background.
 */
public final class NodeRelocation {

    private final Cluster cluster;
    private final StepPath path;
    private final AddressChange address;

    /** The former addresses, and whether another server or none answers there. */
    private final Map<Node, Boolean> gone = new ConcurrentHashMap<>();

    /**
     * Creates the relocation of a worker.
     *
     * @param worker the worker at its address so far
     * @param moved the worker at its new address
     */
    public static NodeRelocation ofWorker(Cluster cluster, Node worker, Node moved) {
        return new NodeRelocation(new StepPath(cluster, Purpose.CHANGE), new WorkerAddressChange(worker, moved));
    }

    /**
     * Creates the relocation of the coordinator, to which this process is connected.
     *
     * @param moved the coordinator at its new address
     */
    public static NodeRelocation ofCoordinator(Cluster cluster, Node moved) {
        return new NodeRelocation(new StepPath(cluster, Purpose.CHANGE), new CoordinatorAddressChange(moved));
    }

    private NodeRelocation(StepPath path, AddressChange address) {
        this.cluster = path.cluster();
        this.path = path;
        this.address = address;
    }

    /** Returns the steps that {@link #run} would run now. Changes nothing. */
    public NodePlan plan() {
        ProjectChanges changes = new ProjectChanges(cluster);
        NodeRelocation planned = new NodeRelocation(new StepPath(cluster, Purpose.PLAN), address);
        return changes.plan(address.moved(), planned.changeAll(changes, () -> {}));
    }

    /** Changes the address in every database. */
    public NodeChange run() {
        return run(() -> {});
    }

    /**
     * Changes the address in every database.
     *
     * @param beforeChange is run once the server at the new address was accepted
     */
    public NodeChange run(Runnable beforeChange) {
        long begun = System.nanoTime();
        ProjectChanges changes = new ProjectChanges(cluster);
        return changes.of(address.moved(), changeAll(changes, beforeChange), begun);
    }

    private List<StepOutcome> changeAll(ProjectChanges changes, Runnable beforeChange) {
        FollowingProjects following = new FollowingProjects(path);
        ProjectMembership membership = new ProjectMembership(path, this::isGone);
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            address.check(maintenance, topology);
            beforeChange.run();
            following.begin(maintenance);
        }
        List<String> projects = ManagedProjects.names(cluster);
        changes.inEach(
                projects,
                cluster.together(),
                project -> membership.change(
                        project, (topology, sessions) -> address.steps(topology, sessions.project())));
        // A project that fails, for example because of an open transaction, must not keep the others from their new
        // projects, rotations and recovery, which need the address in the maintenance database. Another call finds it
        // by its group.
        List<StepOutcome> outcomes =
                membership.changeCluster((topology, sessions) -> address.steps(topology, sessions.maintenance()));
        if (!path.plans()) {
            List<String> changed = new ArrayList<>(changes.changed());
            if (!outcomes.isEmpty()) {
                changed.add(cluster.maintenanceDatabase());
            }
            new MetadataSync(cluster).await(changed);
            learn();
            projects.stream().filter(project -> !changes.hasFailed(project)).forEach(following::hasFollowed);
        }
        return outcomes;
    }

    /**
     * Checks whether the node no longer answers, at the address that a database lists, as the server that it is now.
     * Then transactions that were open on it cannot commit, and need not be waited for.
     */
    private boolean isGone(Topology topology, Session session) {
        return address.former(topology, session)
                .map(former -> gone.computeIfAbsent(former, this::isGone))
                .orElse(false);
    }

    private boolean isGone(Node former) {
        return new ServerProbe(cluster, FailoverOptions.STANDARD.probeTimeout())
                        .ask(List.of(former, address.moved())).values().stream()
                                .map(NodeReply::answer)
                                .distinct()
                                .count()
                > 1;
    }

    private void learn() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            cluster.registry(maintenance).ensure();
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            new KnownServers(maintenance, topology).learn(address.accepts(topology));
        }
    }
}

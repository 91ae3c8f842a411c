package org.citustenancy.internal.workers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.registry.LeavingWorkers;
import org.citustenancy.internal.registry.LeavingWorkers.Leaving;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checks before a node is removed: what the cluster and the projects have registered at its address, and which
 * server answers there. Only the server that was the worker is cleared of projects. A foreign server at that address,
 * or at one that was mistyped, is left alone.
 */
final class RemovalReadiness {

    private static final Logger LOG = LoggerFactory.getLogger(RemovalReadiness.class);

    private final Cluster cluster;
    private final Node node;
    private final boolean isWorker;
    private final boolean isSecondary;
    private final Optional<Leaving> earlier;
    private final Optional<ServerIdentity> server;
    private final boolean isOwnServer;
    private final Set<String> projects = ConcurrentHashMap.newKeySet();

    /**
     * Observes a node.
     *
     * @throws ConflictException if the coordinator or another worker answers at its address
     */
    static RemovalReadiness of(StepPath path, Node node) {
        Cluster cluster = path.cluster();
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            if (!path.plans()) {
                cluster.registry(maintenance).ensure();
            }
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            RemovalReadiness readiness = new RemovalReadiness(cluster, node, maintenance, topology);
            if (!readiness.isWorker && !readiness.isStandby() && readiness.server.isPresent()) {
                readiness.refuseMember(maintenance, topology);
            }
            return readiness;
        }
    }

    private RemovalReadiness(Cluster cluster, Node node, Session maintenance, Topology topology) {
        this.cluster = cluster;
        this.node = node;
        this.isWorker = topology.workers().contains(node);
        this.isSecondary = topology.primaryOf(node).isPresent();
        this.earlier = isWorker ? Optional.empty() : new LeavingWorkers(maintenance).find(node);
        this.server = ServerObserver.at(maintenance, List.of(node)).values().stream()
                .flatMap(reply -> reply.answer().stream())
                .findFirst();
        this.isOwnServer = server.isPresent() && (isWorker ? isKnown(maintenance, topology) : isAsEarlier());
    }

    /** Checks whether the server is the one that was seen last as this worker, or the first one that is seen. */
    private boolean isKnown(Session maintenance, Topology topology) {
        Optional<String> system =
                new KnownServers(maintenance, topology).of(node).map(ServerIdentity::system);
        return system.isEmpty() || system.equals(server.map(ServerIdentity::system));
    }

    private boolean isAsEarlier() {
        return earlier.flatMap(Leaving::system).equals(server.map(ServerIdentity::system));
    }

    /** Returns whether the node's own server answers. */
    boolean answers() {
        return isOwnServer;
    }

    /** Returns whether the node can move its shards to others. */
    boolean canDrain() {
        return isWorker && isOwnServer;
    }

    /** Returns whether the node may have shards that cannot be moved. */
    boolean mayLoseShards() {
        return !isOwnServer && !isStandby();
    }

    /** Returns whether the server has databases of projects that are dropped once the node has left. */
    boolean holdsProjects() {
        return isOwnServer && !isStandby();
    }

    /** Returns what to save about the node before the first step. */
    Leaving leaving() {
        return new Leaving(holdsProjects() ? server.map(ServerIdentity::system) : Optional.empty());
    }

    private boolean isStandby() {
        return !isWorker
                && (isSecondary || server.map(ServerIdentity::inRecovery).orElse(false));
    }

    /**
     * Refuses a server that is a node of the cluster under another address: the databases of projects there are in use.
     */
    private void refuseMember(Session maintenance, Topology topology) {
        int group = new CandidateObserver(maintenance, topology).groupInCurrentDatabase(node);
        boolean isMember = node.address().equals(topology.coordinator().address())
                || RegisteredServer.in(maintenance).stream()
                        .anyMatch(registered -> group != 0 && registered.isPrimary() && registered.group() == group);
        if (isMember) {
            throw new ConflictException(Failure.of("The server at " + node.address()
                            + " is no worker of that address, but the coordinator, or a copy of another worker")
                    .where(Place.unknown().on(node))
                    .state("nothing was changed")
                    .fix("see workers().list() for the workers; for a standby that took over, call relocate"));
        }
    }

    /** Refuses a node that is a worker in the cluster and a secondary in a project, or the other way round. */
    List<StepOutcome> checkRole(String project) {
        try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
            RegisteredServer.in(session).stream()
                    .filter(RegisteredServer.at(node))
                    .findFirst()
                    .ifPresent(registered -> {
                        projects.add(project);
                        if ((isWorker || isSecondary) && registered.isPrimary() != isWorker) {
                            throw hasNotFollowed(project, registered);
                        }
                    });
        }
        return List.of();
    }

    private ConflictException hasNotFollowed(String project, RegisteredServer registered) {
        return new ConflictException(Failure.of("The project has not followed a failover: " + node.address() + " is a "
                        + (registered.isPrimary() ? "worker" : "secondary") + " there, and a "
                        + (isWorker ? "worker" : "secondary") + " of the cluster")
                .where(Place.unknown().on(node).in(project))
                .state("nothing was changed")
                .fix("call repair() of the project, or relocate"));
    }

    /**
     * Requires, after all projects were checked, that the node is registered or that its removal was interrupted.
     *
     * @throws org.citustenancy.errors.NotFoundException if it is not
     */
    void requireRegistered() {
        if (!isWorker && !isSecondary && earlier.isEmpty() && projects.isEmpty()) {
            throw WorkerDrain.unknown(node);
        }
        if (server.isPresent() && !isOwnServer && !isStandby()) {
            LOG.warn("It is not known whether the server at {} was the worker; databases of projects stay there", node);
        }
    }

    /** Refuses to lose shards that a project has on this node alone. */
    List<StepOutcome> checkShards(String project) {
        try (Session session = cluster.sessions().admin(project, cluster.deadline())) {
            String left = WorkerDrain.onlyOn(session, node);
            if (!left.isEmpty()) {
                String who = server.isPresent()
                        ? "The server at the worker's address is another one, or not known to be the worker"
                        : "The worker does not answer";
                throw new ConflictException(
                        Failure.of(who + ", and the worker has shards that are nowhere else: " + left)
                                .where(Place.unknown().on(node).in(project))
                                .state("nothing was changed")
                                .fix("bring it back, or bring its data up at another address and call relocate"));
            }
            return List.of();
        }
    }
}

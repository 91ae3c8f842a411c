package org.citustenancy.internal.workers;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A new address of a worker: the same server at another address, or a standby of it that was promoted.
 *
 * @param worker the worker at its address so far
 * @param moved the worker at its new address
 */
record WorkerAddressChange(Node worker, Node moved) implements AddressChange {

    @Override
    public Optional<Node> former(Topology topology, Session session) {
        return listed(topology, session, RegisteredServer.in(session)).map(RegisteredServer::node);
    }

    @Override
    public void check(Session maintenance, Topology topology) {
        Node registered = topology.workers().contains(worker) ? worker : moved;
        RegisteredServer row = RegisteredServer.in(maintenance).stream()
                .filter(RegisteredServer::isPrimary)
                .filter(RegisteredServer.at(registered))
                .findFirst()
                .orElseThrow(() -> WorkerDrain.unknown(worker));
        NodeReply<ServerIdentity> reply =
                ServerObserver.at(maintenance, List.of(moved)).get(moved);
        ServerIdentity there = Optional.ofNullable(reply)
                .flatMap(NodeReply::answer)
                .orElseThrow(() -> new NodeUnreachableException(Failure.of("The coordinator cannot get through to "
                                + moved.address() + ": " + (reply == null ? "" : reply.failure()))
                        .state("nothing was changed")
                        .fix("start the worker there, and let the coordinator's admin in")));
        refuseStandby(there);
        // The server at the former address may hang.
        KnownServers known = new KnownServers(
                maintenance,
                topology.with(topology.workers().stream()
                        .filter(other -> !other.equals(worker))
                        .toList()));
        Map<Integer, ServerIdentity> all = known.all();
        refuseSupersededCoordinator(ServerObserver.own(maintenance), all.get(0));
        Optional<ServerIdentity> before =
                Optional.ofNullable(all.get(row.group())).or(() -> formerServer(maintenance));
        before.ifPresent(earlier -> refuseAnother(earlier, there));
        if (new CandidateObserver(maintenance, topology).groupInCurrentDatabase(moved) != row.group()) {
            throw another("it is in another group of nodes, or has no Citus");
        }
    }

    private void refuseSupersededCoordinator(ServerIdentity own, @Nullable ServerIdentity known) {
        if (known != null && known.system().equals(own.system()) && !own.continues(known)) {
            throw new ConflictException(Failure.of(
                            "The coordinator to which this process is connected was superseded: it " + "is on timeline "
                                    + own.timeline() + ", and the nodes know timeline " + known.timeline())
                    .state("nothing was changed")
                    .fix("connect to the coordinator that took over"));
        }
    }

    /** Returns the server at the former address, if it answers. */
    private Optional<ServerIdentity> formerServer(Session maintenance) {
        NodeReply<ServerIdentity> reply =
                ServerObserver.at(maintenance, List.of(worker)).get(worker);
        return Optional.ofNullable(reply).flatMap(NodeReply::answer);
    }

    private void refuseStandby(ServerIdentity there) {
        if (there.inRecovery()) {
            throw new ConflictException(
                    Failure.of("The server at " + moved.address()
                                    + " is a standby that was not promoted, and accepts no writes")
                            .where(Place.unknown().on(moved))
                            .state("nothing was changed")
                            .fix(
                                    "promote it (pg_promote(), or the switchover of your failover manager), and call relocate again"));
        }
    }

    private void refuseAnother(ServerIdentity earlier, ServerIdentity there) {
        if (!earlier.system().equals(there.system())) {
            throw another(
                    "its system identifier is " + there.system() + ", and that of the worker is " + earlier.system());
        }
        if (there.timeline().compareTo(earlier.timeline()) < 0) {
            throw new ConflictException(Failure.of("The server at " + moved.address()
                            + " was superseded: it is on timeline " + there.timeline() + ", and the worker "
                            + worker.address() + " was last seen on timeline " + earlier.timeline())
                    .where(Place.unknown().on(moved))
                    .state("nothing was changed")
                    .fix("stop it, and name the address of the server that took over"));
        }
    }

    private ConflictException another(String difference) {
        return new ConflictException(Failure.of("The server at " + moved.address() + " is not the worker "
                        + worker.address() + ": " + difference)
                .where(Place.unknown().on(moved))
                .state("nothing was changed")
                .fix("bring the worker's own data up there; to take another server instead, add it and "
                        + "remove the old one"));
    }

    @Override
    public List<PlannedStep> steps(Topology topology, Session session) {
        List<RegisteredServer> servers = RegisteredServer.in(session);
        return listed(topology, session, servers)
                .map(row -> new MembershipPlanner(topology)
                        .relocate(
                                row,
                                moved,
                                servers.stream()
                                        .filter(RegisteredServer.at(moved))
                                        .findFirst()))
                .orElse(List.of());
    }

    /** Returns the worker as a database lists it; absent if it has the new address already. */
    private Optional<RegisteredServer> listed(Topology topology, Session session, List<RegisteredServer> servers) {
        List<RegisteredServer> primaries =
                servers.stream().filter(RegisteredServer::isPrimary).toList();
        if (primaries.stream().anyMatch(RegisteredServer.at(moved))) {
            return Optional.empty();
        }
        return primaries.stream()
                .filter(RegisteredServer.at(worker))
                .findFirst()
                .or(() -> byGroup(topology, session, servers));
    }

    /** Finds the worker in a database that has neither address, because it missed an earlier change. */
    private Optional<RegisteredServer> byGroup(Topology topology, Session session, List<RegisteredServer> servers) {
        if (servers.stream().allMatch(server -> server.isCoordinator() || isListed(topology, server))) {
            return Optional.empty();
        }
        int group = new CandidateObserver(session, topology).groupInCurrentDatabase(moved);
        return servers.stream()
                .filter(server -> server.isPrimary() && !server.isCoordinator() && server.group() == group)
                .findFirst();
    }

    private static boolean isListed(Topology topology, RegisteredServer server) {
        return topology.workers().stream()
                .anyMatch(worker -> RegisteredServer.at(worker).test(server));
    }
}

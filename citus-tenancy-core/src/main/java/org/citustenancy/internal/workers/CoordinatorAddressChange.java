package org.citustenancy.internal.workers;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
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

/**
 * A new address of the coordinator to which this process is connected: it moved, or it is a standby that was promoted.
 *
 * @param moved the coordinator at its new address
 */
record CoordinatorAddressChange(Node moved) implements AddressChange {

    @Override
    public Optional<Node> former(Topology topology, Session session) {
        return Optional.empty();
    }

    @Override
    public void check(Session maintenance, Topology topology) {
        ServerIdentity own = ServerObserver.own(maintenance);
        NodeReply<ServerIdentity> reply =
                ServerObserver.at(maintenance, List.of(moved)).get(moved);
        ServerIdentity there = Optional.ofNullable(reply)
                .flatMap(NodeReply::answer)
                .orElseThrow(() -> new NodeUnreachableException(Failure.of("The coordinator does not reach itself at "
                                + moved.address() + ": " + (reply == null ? "" : reply.failure()))
                        .state("nothing was changed")
                        .fix("name the address by which the workers reach the coordinator, and let the "
                                + "coordinator's admin in there")));
        if (own.inRecovery() || !own.equals(there)) {
            throw refused(
                    "The server at " + moved.address() + " is not the coordinator to which this process is connected",
                    "connect to the coordinator that accepts writes, and name its address");
        }
        ServerIdentity known = new KnownServers(maintenance, topology).all().get(0);
        // Another system identifier is that of an upgraded or restored server, which the caller is connected to.
        if (known != null && known.system().equals(own.system()) && !own.continues(known)) {
            throw refused(
                    "The coordinator to which this process is connected was superseded: it is on timeline "
                            + own.timeline() + ", and the nodes know timeline " + known.timeline(),
                    "stop it, and connect to the coordinator that took over");
        }
    }

    @Override
    public Collection<Node> accepts(Topology topology) {
        return List.of(topology.coordinator());
    }

    private ConflictException refused(String what, String fix) {
        return new ConflictException(Failure.of(what)
                .where(Place.unknown().on(moved))
                .state("nothing was changed")
                .fix(fix));
    }

    @Override
    public List<PlannedStep> steps(Topology topology, Session session) {
        List<RegisteredServer> servers = RegisteredServer.in(session);
        return servers.stream()
                .filter(server -> server.isPrimary() && server.isCoordinator())
                .filter(RegisteredServer.at(moved).negate())
                .findFirst()
                .map(row -> new MembershipPlanner(topology)
                        .relocate(
                                row,
                                moved,
                                servers.stream()
                                        .filter(RegisteredServer.at(moved))
                                        .findFirst()))
                .orElse(List.of());
    }
}

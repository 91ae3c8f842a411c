package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Finds nodes whose registered address leads to a standby, to a superseded primary or to another server, as after a
 * failover that the node lists did not follow.
 */
public final class ServerFindings {

    private ServerFindings() {}

    /**
     * Looks at the servers behind the registered addresses, as the coordinator reaches them.
     *
     * @param maintenance a session in the maintenance database
     * @return a finding per node whose address leads elsewhere
     */
    public static List<Finding> of(Session maintenance, Topology topology) {
        if (!topology.citus() || topology.workers().isEmpty()) {
            return List.of();
        }
        KnownServers servers = new KnownServers(maintenance, topology);
        Map<Integer, ServerIdentity> known = servers.all();
        Map<Node, NodeReply<ServerIdentity>> replies = ServerObserver.at(maintenance, topology.nodes());
        List<Finding> findings = new ArrayList<>();
        ServerIdentity own = ServerObserver.own(maintenance);
        replies.forEach((node, reply) -> {
            Optional<ServerIdentity> earlier = servers.group(node).map(known::get);
            (node.isCoordinator() ? ofCoordinator(node, reply, own) : ofWorker(node, reply, earlier))
                    .ifPresent(findings::add);
        });
        Optional.ofNullable(known.get(0))
                .filter(earlier -> !own.continues(earlier))
                .ifPresent(earlier -> findings.add(new Finding(
                        Severity.SEVERE,
                        topology.coordinator().toString(),
                        "this coordinator was superseded or replaced: it is " + described(own) + ", and the nodes know "
                                + described(earlier),
                        earlier.system().equals(own.system())
                                ? "stop it, and connect to the coordinator that took over"
                                : "if the server was upgraded or restored, call coordinator().relocate with its address, which "
                                        + "accepts it; otherwise connect to the coordinator of the cluster")));
        return findings;
    }

    private static Optional<Finding> ofCoordinator(Node node, NodeReply<ServerIdentity> reply, ServerIdentity own) {
        Optional<String> difference = reply.answer().isPresent()
                ? reply.answer().filter(there -> !there.equals(own)).map(ServerFindings::described)
                : Optional.of(reply.failure());
        return difference.map(there -> new Finding(
                Severity.SEVERE,
                node.toString(),
                "the coordinator is registered by this address, which leads elsewhere (" + there
                        + "); if workers do not reach it, new projects, rotations and their writes to reference tables fail",
                "call coordinator().relocate with the address by which the workers reach it now; if this is the address, let "
                        + "the coordinator's admin in there (pg_hba.conf, password file)"));
    }

    private static Optional<Finding> ofWorker(
            Node node, NodeReply<ServerIdentity> reply, Optional<ServerIdentity> earlier) {
        return reply.answer()
                .filter(there -> there.inRecovery()
                        || earlier.map(known -> !there.continues(known)).orElse(false))
                .map(there -> new Finding(
                        Severity.SEVERE,
                        node.toString(),
                        there.inRecovery()
                                ? "the server at this address is a standby, which accepts no writes: another server took over"
                                : "the server at this address is " + described(there)
                                        + ", and the worker was last seen as "
                                        + earlier.map(ServerFindings::described).orElse(""),
                        "call workers().relocate from this address to that of the server that took over"
                                + (isAnother(there, earlier)
                                        ? "; if this server is the right one, call workers().add with its address, which "
                                                + "accepts it"
                                        : "")));
    }

    private static boolean isAnother(ServerIdentity there, Optional<ServerIdentity> earlier) {
        return earlier.map(known -> !known.system().equals(there.system())).orElse(false);
    }

    private static String described(ServerIdentity server) {
        return (server.inRecovery() ? "a standby, " : "") + "system " + server.system() + " on timeline "
                + server.timeline();
    }
}

package org.citustenancy.internal.servers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.RegistryServer.REGISTRY_SERVER;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.RegistryServerStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known server of each node group in the maintenance database. Every node has a copy, so that a superseded
 * coordinator, whose registry is an earlier state, learns from the workers that it was superseded.
 */
public final class KnownServers {

    private static final Logger LOG = LoggerFactory.getLogger(KnownServers.class);

    private final Session maintenance;
    private final Topology topology;
    private final Map<String, Integer> groups;

    /**
     * Creates the access to the known servers.
     *
     * @param maintenance a session in the maintenance database of the coordinator
     */
    public KnownServers(Session maintenance, Topology topology) {
        this.maintenance = maintenance;
        this.topology = topology;
        this.groups = maintenance.fetch(ClusterQueries.nodes()).stream()
                .collect(Collectors.toMap(
                        row -> row.get(PG_DIST_NODE.host) + ":" + row.get(PG_DIST_NODE.port),
                        row -> row.get(PG_DIST_NODE.group)));
    }

    /** Returns the group of a node in the maintenance database, absent if it is not registered by this address. */
    public Optional<Integer> group(Node node) {
        return Optional.ofNullable(groups.get(node.address()));
    }

    /**
     * A known server.
     *
     * @param server its identity
     * @param seenMicros when it was saved, in microseconds since 1970
     */
    private record Known(ServerIdentity server, long seenMicros) {

        /** Returns the later timeline of the same server, or the server that was accepted later. */
        Known later(Known other) {
            boolean first = server.system().equals(other.server.system())
                    ? server.timeline().compareTo(other.server.timeline()) >= 0
                    : seenMicros >= other.seenMicros;
            return first ? this : other;
        }
    }

    /** Returns the known servers by group, from all nodes that answer. */
    public Map<Integer, ServerIdentity> all() {
        return from(topology.workers());
    }

    /**
     * Returns the server that is known as a node, from all other nodes: what answers at its address may be a server of
     * another cluster, and know another one.
     */
    public Optional<ServerIdentity> of(Node node) {
        List<Node> others = topology.workers().stream()
                .filter(worker -> !worker.equals(node))
                .toList();
        return group(node).flatMap(group -> Optional.ofNullable(from(others).get(group)));
    }

    private Map<Integer, ServerIdentity> from(List<Node> workers) {
        Map<Integer, Known> known = new HashMap<>(own());
        BatchQueryExecutor.tryWorkers(maintenance, workers, question()).forEach((node, reply) -> reply.answer()
                .ifPresent(there -> there.forEach((group, server) -> known.merge(group, server, Known::later))));
        Map<Integer, ServerIdentity> servers = new HashMap<>();
        known.forEach((group, server) -> servers.put(group, server.server()));
        return servers;
    }

    private Map<Integer, Known> own() {
        return maintenance.fetch(RegistryServerStatements.exists()).isEmpty()
                ? Map.of()
                : BatchQueryExecutor.askCoordinator(maintenance, question());
    }

    private static Question<Map<Integer, Known>> question() {
        return Question.map(
                RegistryServerStatements.all(),
                row -> row.number(REGISTRY_SERVER.group),
                row -> new Known(
                        new ServerIdentity(row.text(REGISTRY_SERVER.system), row.text(REGISTRY_SERVER.timeline), false),
                        row.large(RegistryServerStatements.SEEN)));
    }

    /**
     * Observes the servers at the registered addresses and saves them, as {@link #learn(Map, Collection)} does.
     *
     * @param accepted the nodes whose server is saved even if another one is known
     * @return the known servers by group, as saved
     */
    public Map<Integer, ServerIdentity> learn(Collection<Node> accepted) {
        Map<Node, ServerIdentity> seen = new LinkedHashMap<>();
        seen.put(topology.coordinator(), ServerObserver.own(maintenance));
        ServerObserver.at(maintenance, topology.workers())
                .forEach((node, reply) -> reply.answer().ifPresent(server -> seen.put(node, server)));
        return learn(seen, accepted);
    }

    /**
     * Saves the servers that are new, or that continue the known ones. Another server in place of a known one, a
     * standby and a superseded primary are not saved.
     *
     * @param seen the servers at the registered addresses
     * @param accepted the nodes whose server is saved even if another one is known
     * @return the known servers by group, as saved
     */
    public Map<Integer, ServerIdentity> learn(Map<Node, ServerIdentity> seen, Collection<Node> accepted) {
        Map<Integer, ServerIdentity> known = all();
        Map<Integer, ServerIdentity> changed = new HashMap<>();
        Set<Integer> replaced = new HashSet<>();
        seen.forEach((node, server) -> group(node).ifPresent(group -> {
            ServerIdentity earlier = known.get(group);
            boolean later = earlier == null || (server.continues(earlier) && !server.equals(earlier));
            boolean another = accepted.contains(node) && !server.equals(earlier);
            if (!server.inRecovery() && (later || another)) {
                changed.put(group, server);
                if (!later) {
                    replaced.add(group);
                }
            }
        }));
        save(changed, replaced);
        known.putAll(changed);
        return known;
    }

    /**
     * Saves servers on every node, and forgets those of groups that left the cluster. A node that does not answer gets
     * them with the next call.
     *
     * @param servers by group in the maintenance database
     * @param replaced the groups whose known server is replaced, whatever it is
     */
    private void save(Map<Integer, ServerIdentity> servers, Set<Integer> replaced) {
        if (servers.isEmpty()) {
            return;
        }
        List<Query> saving = new ArrayList<>(List.of(RegistryServerStatements.waitForNoStandby()));
        servers.forEach((group, server) -> saving.add(
                RegistryServerStatements.save(group, server.system(), server.timeline(), replaced.contains(group))));
        saving.add(RegistryServerStatements.forgetExcept(
                groups.values().stream().sorted().toList()));
        maintenance.inTransaction(() -> {
            saving.forEach(maintenance::execute);
            return true;
        });
        List<Query> onWorkers = new ArrayList<>(RegistryServerStatements.createOnWorker());
        onWorkers.addAll(saving);
        String command = Sql.text(NodeStatements.atomically(onWorkers));
        Map<Node, String> commands = new LinkedHashMap<>();
        topology.workers().forEach(worker -> commands.put(worker, command));
        if (!commands.isEmpty()) {
            NodeCommands.nearest(maintenance).run(commands).values().stream()
                    .filter(answer -> !answer.success())
                    .map(NodeAnswer::toString)
                    .forEach(failure -> LOG.debug("The known servers were not saved: {}", failure));
        }
    }
}

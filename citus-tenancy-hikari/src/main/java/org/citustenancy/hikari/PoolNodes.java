package org.citustenancy.hikari;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.connections.Targets;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.nodes.Standby;
import org.citustenancy.hikari.pool.PoolName;

/**
 * The nodes that the pools of a registry use.
 *
 * @param spread which nodes pools use that also write
 * @param workers the workers, as the application reaches them
 * @param standbys standbys of the coordinator and of the workers
 * @param maxLag how far a standby may be behind that read pools use; absent if they use none
 */
record PoolNodes(NodeSpread spread, List<NodeAddress> workers, List<Standby> standbys, Optional<Duration> maxLag) {

    PoolNodes {
        workers = List.copyOf(workers);
        standbys = List.copyOf(standbys);
    }

    PoolNodes withWorkers(List<NodeAddress> changed) {
        return new PoolNodes(spread, changed, standbys, maxLag);
    }

    PoolNodes withStandbys(List<Standby> changed) {
        return new PoolNodes(spread, workers, changed, maxLag);
    }

    /** Returns whether a pool uses more nodes than the coordinator. */
    boolean areUsedBy(PoolName name) {
        return name.reads() || spread == NodeSpread.ANY_NODE;
    }

    /** Returns the number of nodes that pools use that also write. */
    int primaries() {
        return spread == NodeSpread.ANY_NODE ? workers.size() + 1 : 1;
    }

    /** Returns where a pool opens its connections. */
    List<Target> targets(PoolName name, ConnectionInfo connection, NodeWatch watch) {
        if (!areUsedBy(name)) {
            return Targets.coordinator(connection);
        }
        return name.reads() && maxLag.isPresent()
                ? Targets.everyNodeAndStandby(connection, workers, usable(), watch, maxLag.get())
                : Targets.everyNode(connection, workers, watch);
    }

    /** Returns the standbys by node, none if Citus could not read from standbys only. */
    private Map<Optional<NodeAddress>, NodeAddress> usable() {
        return obstacle().isPresent()
                ? Map.of()
                : standbys.stream()
                        .filter(standby ->
                                standby.worker().map(workers::contains).orElse(true))
                        .collect(Collectors.toMap(Standby::worker, Standby::address));
    }

    /** Returns why read pools use no standby although they should, if that is so. */
    Optional<String> obstacle() {
        if (maxLag.isEmpty()) {
            return Optional.empty();
        }
        List<Optional<NodeAddress>> nodes = Stream.concat(
                        Stream.of(Optional.<NodeAddress>empty()),
                        workers.stream().map(Optional::of))
                .toList();
        return nodes.stream()
                .map(node -> obstacle(
                        node,
                        standbys.stream()
                                .filter(standby -> standby.worker().equals(node))
                                .count()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> obstacle(Optional<NodeAddress> node, long number) {
        String name = node.map(worker -> "worker " + worker).orElse("coordinator");
        return number == 1
                ? Optional.empty()
                : Optional.of("the " + name + " has " + (number == 0 ? "no standby" : number + " standbys")
                        + ", and Citus reads from standbys only if each node has exactly one");
    }

    /** Returns the nodes beside the coordinator. */
    List<NodeAddress> addresses() {
        return Stream.concat(workers.stream(), standbys.stream().map(Standby::address))
                .toList();
    }
}

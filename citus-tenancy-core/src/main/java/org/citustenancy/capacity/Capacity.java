package org.citustenancy.capacity;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.statistics.UnansweredNode;

/**
 * The room that a cluster has. What holds for every node holds for the one that has least.
 *
 * <pre>{@code
 * if (cluster.capacity().moreProjects() < 10) {
 *     cluster.capacity().toRaiseFor(10).forEach(System.out::println);
 * }
 * }</pre>
 *
 * @param nodes each node that answered, the coordinator first
 * @param unanswered the nodes that did not, of which nothing is known
 * @param projects how many projects are managed
 * @param projectLimits how many sessions each project may have on a node, for those that have a limit
 * @param pools the pools that applications have declared
 */
public record Capacity(
        List<NodeCapacity> nodes,
        List<UnansweredNode> unanswered,
        int projects,
        SortedMap<String, Integer> projectLimits,
        List<DeclaredPool> pools) {

    /** Copies the collections. */
    public Capacity {
        nodes = List.copyOf(nodes);
        unanswered = List.copyOf(unanswered);
        projectLimits = Collections.unmodifiableSortedMap(new TreeMap<>(projectLimits));
        pools = List.copyOf(pools);
    }

    /**
     * How many more projects would get a maintenance daemon on every node that answered.
     *
     * @return never less than zero
     */
    public int moreProjects() {
        return nodes.stream().mapToInt(node -> node.processes().free()).min().orElse(0);
    }

    /**
     * The sum of the projects' limits of sessions.
     *
     * @return the sum; projects without a limit are not in it
     */
    public int promisedConnections() {
        return projectLimits.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The sum of the declared pools.
     *
     * @return how many connections applications may open in all
     */
    public int declaredConnections() {
        return pools.stream().mapToInt(DeclaredPool::connections).sum();
    }

    /**
     * Whether this number of concurrent connections fits on every node beside the connections reserved for superusers.
     *
     * @param declared for example {@link #declaredConnections()}
     * @return false if a server refuses some of them
     */
    public boolean holds(int declared) {
        return nodes.stream()
                .allMatch(node -> declared
                        <= node.connections().limit() - node.connections().reserved());
    }

    /**
     * What to set so that more projects fit.
     *
     * @param more how many more
     * @return a line for each node on which there is something to raise, with the value
     */
    public List<String> toRaiseFor(int more) {
        return nodes.stream()
                .filter(node -> node.processes().free() < more)
                .map(node -> "on " + node.node() + " set max_worker_processes to at least "
                        + (node.processes().daemons() + node.processes().others() + more) + " (it is "
                        + node.processes().limit() + "), and restart it")
                .toList();
    }

    private static String prepared(NodeCapacity node) {
        return node.prepared().isEmpty()
                ? ""
                : node.prepared().stream()
                        .map(there -> there.number() + " in " + there.database() + " for up to "
                                + there.oldest().toSeconds() + " s")
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    /** A line for each node, and how many more projects fit. */
    @Override
    public String toString() {
        return nodes.stream()
                        .map(node -> String.format(
                                Locale.ROOT,
                                "%s: %d of %d background processes free (%d for daemons, %d others), %d of %d connections in use, "
                                        + "%d reserved, %d of %d prepared transactions%s, %d MiB of databases%s%s",
                                node.node(),
                                node.processes().free(),
                                node.processes().limit(),
                                node.processes().daemons(),
                                node.processes().others(),
                                node.connections().inUse(),
                                node.connections().limit(),
                                node.connections().reserved(),
                                node.preparedTransactions(),
                                node.preparedTransactionLimit(),
                                prepared(node),
                                node.databaseBytes() >> 20,
                                node.freeDiskBytes().isPresent()
                                        ? ", " + (node.freeDiskBytes().getAsLong() >> 20) + " MiB of disk free"
                                        : "",
                                node.withoutDaemon().isEmpty()
                                        ? ""
                                        : ", no maintenance daemon although in use: "
                                                + String.join(", ", node.withoutDaemon())))
                        .collect(Collectors.joining("\n", "", "\n"))
                + unanswered.stream()
                        .map(node -> node.node() + ": no answer (" + node.reason() + ")\n")
                        .collect(Collectors.joining())
                + projects + " projects, room for " + moreProjects() + " more; " + declaredConnections()
                + " connections in declared pools";
    }
}

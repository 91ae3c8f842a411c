package org.citustenancy.capacity;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.statistics.UnansweredNode;

/**
 * The capacity of a cluster. Figures that apply to every node are those of the node with the least capacity.
 *
 * <pre>{@code
 * if (cluster.capacity().moreProjects() < 10) {
 *     cluster.capacity().toRaiseFor(10).forEach(System.out::println);
 * }
 * }</pre>
 *
 * @param nodes each node that answered, the coordinator first
 * @param unanswered the nodes that did not answer, with unknown capacity
 * @param projects the number of managed projects
 * @param projectLimits the maximum number of sessions on a node, for each project with a limit
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
     * Returns how many more projects could get a maintenance daemon on every node that answered. While a service
     * {@linkplain org.citustenancy.Autosuspend suspends} unused projects, only the projects that are awake count;
     * otherwise each project counts, because its next session starts its daemons.
     *
     * @return never less than zero
     */
    public int moreProjects() {
        return nodes.stream().mapToInt(node -> node.processes().free()).min().orElse(0);
    }

    /**
     * Returns how many projects may be awake at once: how many maintenance daemons fit on every node that answered,
     * besides that of the maintenance database. While a service {@linkplain org.citustenancy.Autosuspend suspends}
     * unused projects, there may be more projects than that.
     *
     * @return never less than zero
     */
    public int awakeAtOnce() {
        return nodes.stream()
                .mapToInt(node ->
                        Math.max(0, node.processes().limit() - node.processes().others() - 1))
                .min()
                .orElse(0);
    }

    /**
     * Returns the sum of the projects' session limits.
     *
     * @return the sum, without the projects that have no limit
     */
    public int promisedConnections() {
        return projectLimits.values().stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * Returns the sum of the declared pools.
     *
     * @return the maximum number of connections of all applications
     */
    public int declaredConnections() {
        return pools.stream().mapToInt(DeclaredPool::connections).sum();
    }

    /**
     * Returns whether this number of concurrent connections fits on every node, in addition to the connections reserved
     * for superusers.
     *
     * @param declared the number, for example {@link #declaredConnections()}
     * @return false if a server would refuse some of them
     */
    public boolean holds(int declared) {
        return nodes.stream()
                .allMatch(node -> declared
                        <= node.connections().limit() - node.connections().reserved());
    }

    /**
     * Returns the settings to change so that more projects fit.
     *
     * @param more the number of additional projects
     * @return a line for each node with a setting to raise, with the value
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

    /** Returns a line for each node, and how many more projects fit. */
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
                + projects + " projects, room for " + moreProjects() + " more, " + awakeAtOnce()
                + " may be awake at once; " + declaredConnections()
                + " connections in declared pools";
    }
}

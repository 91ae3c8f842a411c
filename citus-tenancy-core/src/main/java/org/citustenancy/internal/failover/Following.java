package org.citustenancy.internal.failover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.workers.NodeRelocation;
import org.citustenancy.topology.Node;
import org.citustenancy.workers.NodeChange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes of one round, and its obstacles. A failure of one node, of the fence or of the directory stops no other. */
final class Following {

    private static final Logger LOG = LoggerFactory.getLogger(Following.class);

    private final Cluster cluster;
    private final Consumer<Node> fence;
    private final List<NodeChange> changes = new ArrayList<>();
    private final List<String> obstacles = new ArrayList<>();
    private boolean awaitsPromotion;

    Following(Cluster cluster, Consumer<Node> fence) {
        this.cluster = cluster;
        this.fence = fence;
    }

    FailoverReport report() {
        return new FailoverReport(Instant.now(), true, changes, obstacles);
    }

    /** Returns whether a node has failed and has no successor yet. */
    boolean awaitsPromotion() {
        return awaitsPromotion;
    }

    /** Returns the servers that the options name. A failure of a directory is an obstacle. */
    Set<Node> named(NamedServers servers) {
        return servers.all(obstacles);
    }

    /**
     * Gives a node that has failed the address of its successor.
     *
     * @param difference what is wrong with the node
     * @param there the server that answers at its address
     * @param successors the servers that may have taken over
     * @return the node at its new address, absent if it has none
     */
    Optional<Node> follow(Node node, String difference, Optional<ServerIdentity> there, List<Node> successors) {
        if (successors.size() != 1) {
            awaitsPromotion = true;
            obstacles.add("the " + node + " " + difference
                    + (successors.isEmpty()
                            ? "; no promoted standby of it was found"
                            : "; several standbys of it were promoted: "
                                    + successors.stream().map(Node::address).collect(Collectors.joining(", "))));
            return Optional.empty();
        }
        Node moved = new Node(
                node.role(), successors.get(0).host(), successors.get(0).port());
        // A standby accepts no writes. A coordinator that does not answer itself may be the one that is connected.
        boolean writes = there.map(server -> !server.inRecovery()).orElse(!node.isCoordinator());
        Runnable fencing = writes ? () -> fence.accept(node) : () -> {};
        return giveAddress(node, moved, fencing) ? Optional.of(moved) : Optional.empty();
    }

    /** Gives every database the address of a node. */
    boolean giveAddress(Node node, Node moved, Runnable fencing) {
        try {
            NodeChange change = (node.isCoordinator()
                            ? NodeRelocation.ofCoordinator(cluster, moved)
                            : NodeRelocation.ofWorker(cluster, node, moved))
                    .run(fencing);
            if (change.changed()) {
                changes.add(change);
            }
            change.failures()
                    .forEach((project, failure) -> obstacles.add(
                            "\"" + project + "\" did not follow the " + moved + ": " + failure.getMessage()));
            return true;
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (RuntimeException failure) {
            // Of the library, or of the caller's fence. The next round tries again.
            LOG.debug("The {} could not be given the address {}", node, moved.address(), failure);
            obstacles.add(
                    "the " + node + " could not be given the address " + moved.address() + ": " + failure.getMessage());
            return false;
        }
    }
}

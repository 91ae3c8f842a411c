package org.citustenancy.hikari.internal.nodes;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tracks the nodes that are down, and checks them until they are up again. */
public final class NodeWatch {

    private static final Logger LOG = LoggerFactory.getLogger(NodeWatch.class);

    private static final long PERIOD_MILLIS = 500;
    private static final int TIMEOUT_SECONDS = 2;

    private final ScheduledExecutorService executor;
    private final Map<NodeAddress, WatchedNode> nodes = new ConcurrentHashMap<>();
    private final List<Consumer<WatchedNode>> listeners = new CopyOnWriteArrayList<>();

    /**
     * Creates a watch without nodes.
     *
     * @param executor runs the checks of nodes
     */
    public NodeWatch(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Returns a node, which is considered up until a failure is reported.
     *
     * @return the same object for the same address
     */
    public WatchedNode node(NodeAddress address) {
        return nodes.computeIfAbsent(address, unknown -> new WatchedNode(this, unknown));
    }

    /**
     * Stops checking all other nodes.
     *
     * @param workers the current workers; nodes that are not tracked are ignored
     * @param coordinators the other current nodes
     */
    public void retain(Collection<NodeAddress> workers, Collection<NodeAddress> coordinators) {
        nodes.keySet().removeIf(address -> !workers.contains(address) && !coordinators.contains(address));
    }

    /** Adds a listener of nodes that go down or come back up. */
    public void onChange(Consumer<WatchedNode> listener) {
        listeners.add(listener);
    }

    /**
     * Removes a listener.
     *
     * @param listener a listener that was added before
     */
    public void forget(Consumer<WatchedNode> listener) {
        listeners.remove(listener);
    }

    void down(WatchedNode node, String why) {
        LOG.warn("Pools open no connections on the node {} until it can be used: {}", node, why);
        check(node, PERIOD_MILLIS);
        listeners.forEach(listener -> listener.accept(node));
    }

    void unchecked(WatchedNode node) {
        LOG.debug("No pool knows how far the standby {} is behind", node);
        listeners.forEach(listener -> listener.accept(node));
    }

    void up(WatchedNode node) {
        LOG.info("Pools use the node {}", node);
        listeners.forEach(listener -> listener.accept(node));
    }

    void checkNow(WatchedNode node) {
        check(node, 0);
    }

    /** Schedules a check, unless one is pending or running. */
    private void check(WatchedNode node, long delayMillis) {
        if (!node.requestCheck()) {
            return;
        }
        try {
            Future<?> unused = executor.schedule(() -> logged(() -> look(node)), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The registry is closed, no node is watched any more", ended);
        }
    }

    private static void logged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("A node could not be checked", failure);
        }
    }

    /** Checks a node, and again until it is up or is not watched any more. */
    private void look(WatchedNode node) {
        try {
            if (isWatched(node)) {
                update(node, node.check(TIMEOUT_SECONDS));
            }
        } finally {
            node.endCheck();
            // Also if another thread reported a failure during the check.
            long period = node.isDown() ? PERIOD_MILLIS : node.periodMillis();
            if (period > 0 && isWatched(node)) {
                check(node, period);
            }
        }
    }

    private boolean isWatched(WatchedNode node) {
        return nodes.get(node.address()) == node;
    }

    private static void update(WatchedNode node, NodeProbe.Answer answer) {
        if (answer.isKnown()) {
            answer.failure().ifPresentOrElse(node::failed, node::back);
        } else {
            node.unknown();
        }
    }
}

package org.citustenancy.hikari.internal.nodes;

import java.sql.SQLException;
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

    void changed(WatchedNode node) {
        if (node.isDown()) {
            LOG.warn("Node {} accepts no sessions; pools continue without it until it does", node);
            again(node);
        } else {
            LOG.info("Node {} is back", node);
        }
        listeners.forEach(listener -> listener.accept(node));
    }

    void lookAfter(WatchedNode node) {
        run(() -> look(node), 0);
    }

    private void again(WatchedNode node) {
        run(() -> look(node), PERIOD_MILLIS);
    }

    private void run(Runnable task, long delayMillis) {
        try {
            Future<?> unused = executor.schedule(() -> logged(task), delayMillis, TimeUnit.MILLISECONDS);
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

    private void look(WatchedNode node) {
        if (nodes.get(node.address()) != node) {
            return;
        }
        if (accepts(node)) {
            node.back();
        } else if (node.isDown()) {
            again(node);
        } else {
            node.failed();
        }
    }

    /** A node that refuses a session for another reason, such as a wrong password, is up. */
    private static boolean accepts(WatchedNode node) {
        try {
            node.probe().open(TIMEOUT_SECONDS);
            return true;
        } catch (SQLException failure) {
            LOG.debug("Node {} does not accept a session", node, failure);
            return !NodeProbe.isOfTheNode(failure);
        }
    }
}

package org.citustenancy.hikari.internal.nodes;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.hikari.nodes.NodeAddress;

/** A node and its state: up or down. */
public final class WatchedNode {

    private final NodeWatch watch;
    private final NodeAddress address;
    private final AtomicBoolean down = new AtomicBoolean();
    private final AtomicBoolean checkPending = new AtomicBoolean();
    private final Set<NodeProbe> probes = new CopyOnWriteArraySet<>();

    WatchedNode(NodeWatch watch, NodeAddress address) {
        this.watch = watch;
        this.address = address;
    }

    /** Returns its address. */
    public NodeAddress address() {
        return address;
    }

    /** Adds a check of the node. A check needs a login, so each pool adds its own. */
    public void checkWith(NodeProbe probe) {
        probes.add(probe);
    }

    /** Removes the check of a pool that is closed. */
    public void forget(NodeProbe probe) {
        probes.remove(probe);
    }

    /** Checks the node with one pool after another, until one of them knows. */
    NodeProbe.Answer check(int timeoutSeconds) {
        for (NodeProbe probe : probes) {
            NodeProbe.Answer answer = probe.check(timeoutSeconds);
            if (answer != NodeProbe.Answer.UNKNOWN) {
                return answer;
            }
        }
        return NodeProbe.Answer.UNKNOWN;
    }

    /** Returns true if no check was pending; one is from now on. */
    boolean requestCheck() {
        return checkPending.compareAndSet(false, true);
    }

    void endCheck() {
        checkPending.set(false);
    }

    /** Returns whether the last attempt failed. */
    public boolean isDown() {
        return down.get();
    }

    /** Reports that opening a connection to the node failed. */
    public void failed() {
        if (down.compareAndSet(false, true)) {
            watch.changed(this);
        }
    }

    /** Reports that the node closed an open connection: the watch checks it at once, unless it is known to be down. */
    public void suspect() {
        if (!isDown()) {
            watch.checkNow(this);
        }
    }

    void back() {
        if (down.compareAndSet(true, false)) {
            watch.changed(this);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}

package org.citustenancy.hikari.internal.nodes;

import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.hikari.nodes.NodeAddress;

/** A node and its state: up or down. */
public final class WatchedNode {

    private final NodeWatch watch;
    private final NodeAddress address;
    private final AtomicBoolean down = new AtomicBoolean();
    private volatile NodeProbe probe = timeout -> {};

    WatchedNode(NodeWatch watch, NodeAddress address) {
        this.watch = watch;
        this.address = address;
    }

    /** Returns its address. */
    public NodeAddress address() {
        return address;
    }

    /** Sets how to check the node. A pool calls this, because a check needs a login; the last one applies. */
    public void checkWith(NodeProbe check) {
        probe = check;
    }

    NodeProbe probe() {
        return probe;
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

    /** Reports that the node closed an open connection: the watch checks it at once. */
    public void suspect() {
        watch.lookAfter(this);
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

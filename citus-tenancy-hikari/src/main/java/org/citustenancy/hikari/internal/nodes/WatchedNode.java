package org.citustenancy.hikari.internal.nodes;

import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.hikari.nodes.NodeAddress;

/** A node, and whether it answers at the moment. */
public final class WatchedNode {

    private final NodeWatch watch;
    private final NodeAddress address;
    private final AtomicBoolean down = new AtomicBoolean();

    WatchedNode(NodeWatch watch, NodeAddress address) {
        this.watch = watch;
        this.address = address;
    }

    /** Where it is. */
    public NodeAddress address() {
        return address;
    }

    /** Whether it did not answer when it was last tried. */
    public boolean isDown() {
        return down.get();
    }

    /** It did not let a connection be opened. */
    public void failed() {
        if (down.compareAndSet(false, true)) {
            watch.changed(this);
        }
    }

    /** It closed a connection that was open here: the watch checks it at once. */
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

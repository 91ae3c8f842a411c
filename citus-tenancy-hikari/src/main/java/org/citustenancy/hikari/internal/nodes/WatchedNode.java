package org.citustenancy.hikari.internal.nodes;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.citustenancy.hikari.nodes.NodeAddress;

/** A node and its state: up, down, or a standby that was not checked yet. */
public final class WatchedNode {

    private final NodeWatch watch;
    private final NodeAddress address;
    private final AtomicReference<State> state = new AtomicReference<>(State.UP);
    private final AtomicBoolean checkPending = new AtomicBoolean();
    private final Set<NodeProbe> probes = new CopyOnWriteArraySet<>();
    private final Map<String, ReplicationLag> lags = new ConcurrentHashMap<>();
    private volatile long periodMillis;
    private volatile BooleanSupplier recent = () -> true;

    private enum State {
        UP,
        DOWN,
        UNCHECKED
    }

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
            if (answer.isKnown()) {
                return answer;
            }
        }
        return NodeProbe.Answer.UNKNOWN;
    }

    /**
     * Makes this node a standby: it is not used before a check finds it recent enough, and it is checked while it is up,
     * too.
     *
     * @param period the time between two checks
     * @param isRecent whether the last checks have found it recent enough
     */
    public void follow(Duration period, BooleanSupplier isRecent) {
        recent = isRecent;
        if (periodMillis == 0) {
            state.set(State.UNCHECKED);
        }
        periodMillis = period.toMillis();
        watch.checkNow(this);
    }

    /** Makes this node a primary, which is checked only while it is down. */
    public WatchedNode lead() {
        periodMillis = 0;
        recent = () -> true;
        lags.clear();
        return this;
    }

    /**
     * Returns how far a standby is behind which must be recent for this one to be used.
     *
     * @param standby the name of the standby and of its primary
     * @return the same object for the same name
     */
    public ReplicationLag lag(String standby) {
        return lags.computeIfAbsent(standby, unknown -> new ReplicationLag());
    }

    /** Returns the time between two checks while it is up, 0 for none. */
    long periodMillis() {
        return periodMillis;
    }

    /** Returns true if no check was pending; one is from now on. */
    boolean requestCheck() {
        return checkPending.compareAndSet(false, true);
    }

    void endCheck() {
        checkPending.set(false);
    }

    /** Returns whether the last attempt failed, or whether a standby was not checked yet. */
    public boolean isDown() {
        return state.get() != State.UP;
    }

    /** Reports that opening a connection to the node failed. */
    public void failed(String why) {
        if (state.getAndSet(State.DOWN) != State.DOWN) {
            watch.down(this, why);
        }
    }

    /** Reports that the node closed an open connection: the watch checks it at once, unless it is known to be down. */
    public void suspect() {
        if (!isDown()) {
            watch.checkNow(this);
        }
    }

    /** Reports that no pool could check the node. A standby is not used once it is not known to be recent. */
    void unknown() {
        if (!recent.getAsBoolean() && state.compareAndSet(State.UP, State.UNCHECKED)) {
            watch.unchecked(this);
        }
    }

    void back() {
        if (state.getAndSet(State.UP) != State.UP) {
            watch.up(this);
        }
    }

    @Override
    public String toString() {
        return address.toString();
    }
}

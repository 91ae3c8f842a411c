package org.citustenancy.hikari.internal.connections;

import java.util.Optional;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.NodeProbe;
import org.citustenancy.hikari.internal.nodes.WatchedNode;

/**
 * The target of connections.
 *
 * @param jdbcUrl the URL, which may have several hosts
 * @param watched the node, if other nodes replace it while it is down
 */
public record Target(String jdbcUrl, Optional<WatchedNode> watched) {

    /** Returns the URL without its options, which may contain passwords. */
    @Override
    public String toString() {
        return JdbcUrl.shown(jdbcUrl);
    }

    boolean isDown() {
        return watched.isPresent() && watched.get().isDown();
    }

    boolean is(WatchedNode node) {
        return watched.isPresent() && watched.get() == node;
    }

    /** Adds a check of the node for the time when it is down. */
    void checkWith(NodeProbe probe) {
        watched.ifPresent(node -> node.checkWith(probe));
    }

    /** Removes a check of the node. */
    void forget(NodeProbe probe) {
        watched.ifPresent(node -> node.forget(probe));
    }

    void failed() {
        watched.ifPresent(WatchedNode::failed);
    }

    void suspect() {
        watched.ifPresent(WatchedNode::suspect);
    }
}

package org.citustenancy.hikari.internal.connections;

import java.util.Optional;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.WatchedNode;

/**
 * Where connections go.
 *
 * @param jdbcUrl the URL, of several hosts perhaps
 * @param watched the node, if there are others to go on with when it is down
 */
public record Target(String jdbcUrl, Optional<WatchedNode> watched) {

    /** The URL without its options, among which may be passwords. */
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

    void failed() {
        watched.ifPresent(WatchedNode::failed);
    }

    void suspect() {
        watched.ifPresent(WatchedNode::suspect);
    }
}

package org.citustenancy.hikari.internal.connections;

import java.sql.SQLException;
import java.util.Optional;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.NodeProbe;
import org.citustenancy.hikari.internal.nodes.WatchedNode;

/**
 * The target of connections.
 *
 * @param jdbcUrl the URL, which may have several hosts
 * @param watched the node, if other nodes replace it while it is down
 * @param replication how recent it must be, if it is a standby
 */
public record Target(String jdbcUrl, Optional<WatchedNode> watched, Optional<Replication> replication) {

    /** Creates the target of a primary. */
    Target(String jdbcUrl, Optional<WatchedNode> watched) {
        this(jdbcUrl, watched, Optional.empty());
    }

    /** Returns the URL without its options, which may contain passwords. */
    @Override
    public String toString() {
        return JdbcUrl.shown(jdbcUrl);
    }

    /** Returns the URL without the database, the same for all projects of a server. */
    String server() {
        String shown = toString();
        return shown.substring(0, Math.max(0, shown.lastIndexOf('/')));
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

    void failed(SQLException failure) {
        watched.ifPresent(node -> node.failed(String.valueOf(failure.getMessage())));
    }

    void suspect() {
        watched.ifPresent(WatchedNode::suspect);
    }
}

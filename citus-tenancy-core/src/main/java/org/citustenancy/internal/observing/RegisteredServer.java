package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.List;
import java.util.function.Predicate;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * A server as registered in a database, primary or secondary.
 *
 * @param id its number in that database
 * @param group its group there; 0 is the coordinator's
 * @param host its host name
 * @param port its port
 * @param isPrimary whether it is the primary of its group
 */
public record RegisteredServer(int id, int group, String host, int port, boolean isPrimary) {

    /** Returns the servers that are registered in the database of a session. */
    public static List<RegisteredServer> in(Session session) {
        return session.fetch(WorkerQueries.servers()).stream()
                .map(row -> new RegisteredServer(
                        row.get(PG_DIST_NODE.id),
                        row.get(PG_DIST_NODE.group),
                        row.get(PG_DIST_NODE.host),
                        row.get(PG_DIST_NODE.port),
                        row.get(PG_DIST_NODE.role).equals("primary")))
                .toList();
    }

    /** Returns whether a server is registered at the address of a node. */
    public static Predicate<RegisteredServer> at(Node node) {
        return server -> server.host.equals(node.host()) && server.port == node.port();
    }

    /** Returns it as a node of the topology. */
    public Node node() {
        return new Node(isCoordinator() ? NodeRole.COORDINATOR : NodeRole.WORKER, host, port);
    }

    /** Returns whether it is the coordinator or a secondary of it. */
    public boolean isCoordinator() {
        return group == 0;
    }

    /** Returns the address alone. */
    public String address() {
        return host + ":" + port;
    }
}

package org.citustenancy.internal.backup.dump;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/** Finds a connection from this process to each node of a project. */
final class NodeWays {

    private final Sessions coordinator;
    private final Map<String, String> addresses;

    NodeWays(Sessions coordinator, Map<String, String> addresses) {
        this.coordinator = coordinator;
        this.addresses = addresses;
    }

    /** Returns all nodes, the coordinator first. Opens no session. */
    List<ReadNode> nodes(Session project) {
        List<ReadNode> nodes = new ArrayList<>();
        for (Record row : project.fetch(ClusterQueries.nodes())) {
            int group = row.get(PG_DIST_NODE.group);
            if (group == 0) {
                nodes.add(0, own(row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)));
            } else {
                Node node = new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port));
                nodes.add(new ReadNode(node, group, way(node)));
            }
        }
        if (nodes.isEmpty() || nodes.get(0).group() != 0) {
            nodes.add(0, own(coordinator.address().host(), coordinator.address().port()));
        }
        return List.copyOf(nodes);
    }

    private ReadNode own(String host, int port) {
        return new ReadNode(new Node(NodeRole.COORDINATOR, host, port), 0, coordinator);
    }

    private Sessions way(Node node) {
        String address = addresses.getOrDefault(node.address(), node.address());
        int colon = address.lastIndexOf(':');
        return coordinator.on(node, address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    /** Opens a session on a node and verifies that it is that node. */
    static Session open(ReadNode node, String project, Deadline deadline) {
        Session session = reach(node, project, deadline);
        Integer group = session.fetch(ClusterQueries.localGroup()).get(0).get(0, Integer.class);
        if (group == null || group != node.group()) {
            session.close();
            throw new ConflictException(
                    Failure.of("What answers at " + node.sessions().address() + " is not " + node.node()
                                    + ": it says that it is node group " + group + ", not " + node.group())
                            .where(session.place())
                            .fix("say with nodeAt where it is reached from here, or choose throughCoordinator"));
        }
        return session;
    }

    private static Session reach(ReadNode node, String project, Deadline deadline) {
        try {
            return node.sessions().admin(project, deadline);
        } catch (ConnectionException failure) {
            throw new NodeUnreachableException(
                    Failure.of(node.node() + " cannot be reached from here at "
                                    + node.sessions().address() + ": "
                                    + failure.failure().what())
                            .where(failure.failure().where())
                            .state("no writer was kept waiting")
                            .fix("open the way to it, say with nodeAt where it is reached from here, or choose "
                                    + "throughCoordinator, which keeps writers waiting until all is read"),
                    failure);
        }
    }
}

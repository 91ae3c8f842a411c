package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;

/** Reads the nodes of the cluster, and checks whether they are usable. */
public final class TopologyReader {

    private TopologyReader() {}

    /**
     * Reads the nodes from the maintenance database.
     *
     * @param session an admin's session there
     * @param requireCitus whether a server without Citus is refused
     * @return the nodes, by their registered names
     * @throws CitusUnavailableException if Citus is needed and missing or not set up
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     * @throws ConflictException if this is not the coordinator
     */
    public static Topology read(Session session, boolean requireCitus) {
        ServerPrerequisites premises = ServerPrerequisites.read(session);
        if (!premises.created() && !requireCitus) {
            return new Topology(self(premises), List.of(), true, Set.of(), Map.of(), false);
        }
        premises.requireLoaded(session);
        if (!premises.created()) {
            throw new CitusUnavailableException(Failure.of("The maintenance database has no Citus yet")
                    .where(session.place())
                    .fix("let CitusCluster.form(...) make the servers a cluster"));
        }
        List<Record> rows = List.copyOf(session.fetch(ClusterQueries.nodesAndOwnGroup()));
        if (rows.stream().anyMatch(row -> row.get(ClusterQueries.OWN_GROUP) != 0)) {
            throw new ConflictException(
                    Failure.of("This node is a worker").where(session.place()).fix("connect to the coordinator"));
        }
        return topology(session, premises, rows);
    }

    private static Topology topology(Session session, ServerPrerequisites premises, List<Record> rows) {
        List<Node> coordinators = new ArrayList<>();
        List<Node> workers = new ArrayList<>();
        Set<Node> drained = new HashSet<>();
        Map<Integer, Node> primaries = new HashMap<>();
        for (Record row : rows) {
            Integer group = row.get(PG_DIST_NODE.group);
            if (group == null || !isPrimary(row)) {
                continue;
            }
            Node node = node(row, group);
            primaries.put(group, node);
            (node.isCoordinator() ? coordinators : workers).add(node);
            if (!row.get(PG_DIST_NODE.shards)) {
                drained.add(node);
            }
        }
        if (coordinators.isEmpty() && !workers.isEmpty()) {
            throw new CitusUnavailableException(Failure.of("The cluster does not know its coordinator's own address")
                    .where(session.place())
                    .fix("run there: SELECT citus_set_coordinator_host('the name by which the workers reach it', "
                            + premises.port() + ")"));
        }
        Node coordinator = coordinators.isEmpty() ? self(premises) : coordinators.get(0);
        boolean shards = workers.isEmpty() || (!coordinators.isEmpty() && !drained.contains(coordinator));
        drained.remove(coordinator);
        return new Topology(coordinator, workers, shards, drained, secondaries(rows, primaries), true);
    }

    private static Map<Node, List<Node>> secondaries(List<Record> rows, Map<Integer, Node> primaries) {
        Map<Node, List<Node>> secondaries = new LinkedHashMap<>();
        for (Record row : rows) {
            Integer group = row.get(PG_DIST_NODE.group);
            Node primary = group == null || isPrimary(row) ? null : primaries.get(group);
            if (primary != null) {
                secondaries.computeIfAbsent(primary, first -> new ArrayList<>()).add(node(row, group));
            }
        }
        return secondaries;
    }

    private static boolean isPrimary(Record row) {
        return "primary".equals(row.get(PG_DIST_NODE.role));
    }

    private static Node node(Record row, int group) {
        return new Node(
                group == 0 ? NodeRole.COORDINATOR : NodeRole.WORKER,
                row.get(PG_DIST_NODE.host),
                row.get(PG_DIST_NODE.port));
    }

    /** Returns the address that Citus itself registers if no coordinator was named. */
    private static Node self(ServerPrerequisites premises) {
        return new Node(NodeRole.COORDINATOR, "localhost", premises.port());
    }
}

package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InsufficientPrivilegeException;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.jooq.Record;

/** Finds out which nodes there are, and whether they can be worked with. */
public final class TopologyReader {

    private TopologyReader() {}

    /**
     * Reads the nodes from the maintenance database.
     *
     * @param session an admin's session there
     * @param requireCitus whether a server without Citus is refused
     * @return the nodes, by the names by which they know each other
     * @throws CitusUnavailableException if Citus is needed and not there, or not set up
     * @throws InsufficientPrivilegeException if the admin is not a superuser
     * @throws ConflictException if this is not the coordinator
     */
    public static Topology read(Session session, boolean requireCitus) {
        Record premises = session.fetch(ClusterQueries.premises()).get(0);
        if (!Boolean.TRUE.equals(premises.get(ClusterQueries.SUPERUSER))) {
            throw new InsufficientPrivilegeException(Failure.of("The admin is not a superuser")
                    .where(session.place())
                    .toDo("connect as one; Citus lets only superusers register nodes"));
        }
        if (premises.get(ClusterQueries.CITUS) == null) {
            return withoutCitus(session, premises, requireCitus);
        }
        if (!Boolean.TRUE.equals(premises.get(ClusterQueries.PRELOADED))) {
            throw notPreloaded(session);
        }
        refuseWorker(session);
        return nodes(session, premises);
    }

    private static Topology withoutCitus(Session session, Record premises, boolean requireCitus) {
        if (!requireCitus) {
            return new Topology(self(premises), List.of(), true, Set.of(), false);
        }
        if (!Boolean.TRUE.equals(premises.get(ClusterQueries.INSTALLED))) {
            throw new CitusUnavailableException(Failure.of("The server has no Citus")
                    .where(session.place())
                    .toDo(
                            "install Citus for its version of PostgreSQL and set shared_preload_libraries = 'citus', or start "
                                    + "the image citusdata/citus; to develop against plain PostgreSQL, connect with "
                                    + "requireCitus(false)"));
        }
        if (!Boolean.TRUE.equals(premises.get(ClusterQueries.PRELOADED))) {
            throw notPreloaded(session);
        }
        throw new CitusUnavailableException(Failure.of("The maintenance database has no Citus yet")
                .where(session.place())
                .toDo(
                        "run CREATE EXTENSION citus in it on every node, then on the coordinator citus_set_coordinator_host "
                                + "and citus_add_node for every worker"));
    }

    private static CitusUnavailableException notPreloaded(Session session) {
        return new CitusUnavailableException(Failure.of("The server has not loaded Citus")
                .where(session.place())
                .toDo("put citus first into shared_preload_libraries in postgresql.conf, and restart the server"));
    }

    private static void refuseWorker(Session session) {
        Integer group = session.fetch(ClusterQueries.localGroup()).getValue(0, PG_DIST_LOCAL_GROUP.group);
        if (group != null && group != 0) {
            throw new ConflictException(
                    Failure.of("This node is a worker").where(session.place()).toDo("connect to the coordinator"));
        }
    }

    private static Topology nodes(Session session, Record premises) {
        List<Node> coordinators = new ArrayList<>();
        List<Node> workers = new ArrayList<>();
        Set<Node> drained = new HashSet<>();
        for (Record row : session.fetch(ClusterQueries.nodes())) {
            boolean coordinator = row.get(PG_DIST_NODE.group) == 0;
            Node node = new Node(
                    coordinator ? NodeRole.COORDINATOR : NodeRole.WORKER,
                    row.get(PG_DIST_NODE.host),
                    row.get(PG_DIST_NODE.port));
            (coordinator ? coordinators : workers).add(node);
            if (!row.get(PG_DIST_NODE.shards)) {
                drained.add(node);
            }
        }
        if (coordinators.isEmpty() && !workers.isEmpty()) {
            throw new CitusUnavailableException(Failure.of("The cluster does not know its coordinator's own address")
                    .where(session.place())
                    .toDo("run there: SELECT citus_set_coordinator_host('the name by which the workers reach it', "
                            + premises.get(ClusterQueries.PORT) + ")"));
        }
        Node coordinator = coordinators.isEmpty() ? self(premises) : coordinators.get(0);
        boolean shards = workers.isEmpty() || (!coordinators.isEmpty() && !drained.contains(coordinator));
        drained.remove(coordinator);
        return new Topology(coordinator, workers, shards, drained, true);
    }

    /** What Citus itself registers where no coordinator was named. */
    private static Node self(Record premises) {
        return new Node(NodeRole.COORDINATOR, "localhost", premises.get(ClusterQueries.PORT));
    }
}

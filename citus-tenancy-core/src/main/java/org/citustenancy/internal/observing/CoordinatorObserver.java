package org.citustenancy.internal.observing;

import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/** Observes the prerequisites of a coordinator on a server. */
public final class CoordinatorObserver {

    private CoordinatorObserver() {}

    /**
     * Checks whether Citus exists or can be created.
     *
     * @param session an admin's session in the maintenance database
     * @return false for plain PostgreSQL
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     */
    public static boolean canHaveCitus(Session session) {
        return ServerPrerequisites.read(session).installed();
    }

    /**
     * Observes a server.
     *
     * @param session an admin's session in the maintenance database
     * @return its current state
     * @throws org.citustenancy.errors.CitusUnavailableException if Citus is not installed or not loaded
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     */
    public static ObservedCoordinator observe(Session session) {
        ServerPrerequisites premises = ServerPrerequisites.read(session);
        premises.requireLoaded(session);
        if (!premises.created()) {
            return new ObservedCoordinator(false, 0, Optional.empty(), false);
        }
        Integer group = session.fetch(ClusterQueries.localGroup()).getValue(0, PG_DIST_LOCAL_GROUP.group);
        List<Record> nodes = List.copyOf(session.fetch(ClusterQueries.nodes()));
        return new ObservedCoordinator(
                true,
                group == null ? 0 : group,
                nodes.stream()
                        .filter(row -> row.get(PG_DIST_NODE.group) == 0)
                        .map(row ->
                                new Node(NodeRole.COORDINATOR, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port)))
                        .findFirst(),
                nodes.stream().anyMatch(row -> row.get(PG_DIST_NODE.group) != 0));
    }
}

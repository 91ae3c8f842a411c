package org.citustenancy.internal.rowaccess;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.planning.RowRolePlanner;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RowRoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Finds and removes temporary roles whose operation ended without removing them: no session holds their lock. */
public final class OrphanedRoles {

    private final Topology topology;
    private final String project;

    /**
     * A temporary role without an operation.
     *
     * @param role its name
     * @param owner the role of which it is a member, empty if none any more
     * @param nodes the nodes that have it
     */
    public record Orphan(String role, String owner, List<Node> nodes) {}

    /** Creates the search for a project. */
    public OrphanedRoles(Topology topology, String project) {
        this.topology = topology;
        this.project = project;
    }

    /**
     * Finds the roles on all nodes.
     *
     * @return by name
     */
    public List<Orphan> find(Session maintenance) {
        Map<String, Orphan> found = new TreeMap<>();
        Question<List<Found>> roles = Question.list(
                RowRoleStatements.of(project),
                row -> new Found(row.text(RowRoleStatements.ROLE), row.text(RowRoleStatements.OWNER)));
        BatchQueryExecutor.ask(maintenance, topology, roles)
                .forEach((node, there) -> there.forEach(role -> found.merge(
                        role.name(), new Orphan(role.name(), role.owner(), List.of(node)), OrphanedRoles::together)));
        return found.values().stream()
                .filter(orphan -> isFree(maintenance, orphan.role()))
                .toList();
    }

    private static Orphan together(Orphan one, Orphan other) {
        List<Node> nodes = new ArrayList<>(one.nodes());
        nodes.addAll(other.nodes());
        return new Orphan(one.role(), one.owner().isEmpty() ? other.owner() : one.owner(), nodes);
    }

    private record Found(String name, String owner) {}

    /**
     * Checks whether an operation moves rows of the project now.
     *
     * @return true if an operation has a temporary role
     */
    public boolean areRowsMoving(Session maintenance) {
        return roles(maintenance).stream().anyMatch(role -> !isFree(maintenance, role));
    }

    /** Returns the temporary roles on the coordinator, with and without an operation. */
    private List<String> roles(Session maintenance) {
        return maintenance.fetch(RowRoleStatements.of(project)).stream()
                .map(row -> row.get(RowRoleStatements.ROLE))
                .toList();
    }

    private static boolean isFree(Session maintenance, String role) {
        boolean free = maintenance.fetch(RowRoleStatements.tryLock(role)).get(0).get(RowRoleStatements.FREE);
        if (free) {
            AdvisoryLock.heldOnRowRole(maintenance, role).close();
        }
        return free;
    }

    /**
     * Removes the roles from all nodes.
     *
     * @param sessions sessions in the maintenance database and in the project's
     * @param threads runs nodes at the same time
     */
    public void remove(ProjectSessions sessions, ExecutorService threads) {
        find(sessions.maintenance())
                .forEach(orphan -> RowSessions.run(
                        RowRolePlanner.drop(orphan.nodes(), orphan.role(), orphan.owner()),
                        sessions,
                        threads,
                        topology,
                        project));
    }

    /** Removes the roles if the coordinator has any; otherwise this needs only one query on the coordinator. */
    void removeIfSeen(Session maintenance, ProjectSessions sessions, ExecutorService threads) {
        if (!roles(maintenance).isEmpty()) {
            remove(sessions, threads);
        }
    }
}

package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.sql.RowOwnerQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Topology;

/** Finds what prevents a role that is no superuser from moving rows, and the remains of such a move. */
public final class RowFindings {

    private RowFindings() {}

    /**
     * Returns temporary roles without an operation.
     *
     * @param sessions sessions in the maintenance database
     * @return a finding per role
     */
    public static List<Finding> orphans(ProjectSessions sessions, Topology topology, String project) {
        return new OrphanedRoles(topology, project)
                .find(sessions.maintenance()).stream()
                        .map(orphan -> new Finding(
                                Severity.WARNING,
                                orphan.nodes().stream().map(Object::toString).collect(Collectors.joining(", ")),
                                "the temporary role \"" + orphan.role() + "\" was left by an operation that was killed",
                                "repair() removes it"))
                        .toList();
    }

    /**
     * Returns colocation groups of several owners, whose shards only a superuser can move.
     *
     * @param sessions sessions in the project's database, which has Citus
     * @return a finding per group
     */
    public static List<Finding> groups(ProjectSessions sessions, Topology topology) {
        Map<Integer, List<String>> groups = new TreeMap<>();
        sessions.project().fetch(RowOwnerQueries.groupsOfSeveral()).forEach(row -> groups.computeIfAbsent(
                        row.get(RowOwnerQueries.COLOCATION), group -> new ArrayList<>())
                .add(row.get(RowOwnerQueries.TABLE) + " of \"" + row.get(RowOwnerQueries.OWNER) + "\""));
        return groups.values().stream()
                .map(tables -> new Finding(
                        Severity.WARNING,
                        topology.coordinator().toString(),
                        "tables that move together belong to several roles, so that their shards cannot be moved: "
                                + String.join(", ", tables),
                        "give all of them to one role with ALTER TABLE ... OWNER TO, or distribute them apart"))
                .toList();
    }
}

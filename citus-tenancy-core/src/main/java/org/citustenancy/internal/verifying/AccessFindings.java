package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.NodeRows;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.internal.planning.LevelRules;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.AccessQueries;
import org.citustenancy.internal.sql.PrivilegeQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;

/** Effective privileges that users should not have, from any source. */
public final class AccessFindings {

    private AccessFindings() {}

    /**
     * What users can do with tables beyond their level.
     *
     * @param session a session in the project's database
     * @param topology the cluster's nodes
     * @param desired the project
     * @return a finding per user, table and node
     */
    public static List<Finding> onTables(Session session, Topology topology, DesiredProject desired) {
        List<String> limited = desired.users().values().stream()
                .filter(user -> user.level() != AccessLevel.OWNER)
                .map(DesiredUser::name)
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (!limited.isEmpty()) {
            NodeRows.ask(session, topology, AccessQueries.onTables(topology.citus(), limited))
                    .forEach((node, rows) -> findings.addAll(onTables(node, rows, desired)));
        }
        return findings;
    }

    private static List<Finding> onTables(Node node, List<Record> rows, DesiredProject desired) {
        Map<String, Set<String>> tooMuch = new TreeMap<>();
        for (Record row : rows) {
            DesiredUser user = desired.users().get(text(row, AccessQueries.ROLE.getName()));
            String owner = text(row, PrivilegeQueries.OWNER.getName());
            TableName table = new TableName(
                    text(row, PrivilegeQueries.SCHEMA.getName()), text(row, PrivilegeQueries.RELATION.getName()));
            String privilege = text(row, AccessQueries.PRIVILEGE.getName());
            if (user != null
                    && !user.name().equals(owner)
                    && !LevelRules.onRelation(user, table, new Relation(false, owner, 1))
                            .contains(privilege)) {
                tooMuch.computeIfAbsent("\"" + user.name() + "\" on " + table, key -> new TreeSet<>())
                        .add(privilege);
            }
        }
        return tooMuch.entrySet().stream()
                .map(entry -> new Finding(
                        Severity.SEVERE,
                        node.toString(),
                        "more than the level allows: " + String.join(", ", entry.getValue()) + " for " + entry.getKey(),
                        "see which grant to the user, to PUBLIC or to a role that the user is a member of allows it, and "
                                + "revoke that"))
                .toList();
    }

    /**
     * Which users can connect to projects in which they are not.
     *
     * @param session a session in the maintenance database
     * @param topology the cluster's nodes
     * @param users the users of one project
     * @param usersByProject the users of every other project
     * @return a finding per user, other project and node
     */
    public static List<Finding> elsewhere(
            Session session, Topology topology, Set<String> users, Map<String, Set<String>> usersByProject) {
        if (usersByProject.isEmpty()) {
            return List.of();
        }
        List<Finding> findings = new ArrayList<>();
        NodeRows.ask(session, topology, AccessQueries.connections(users, usersByProject.keySet()))
                .forEach((node, rows) -> rows.forEach(row -> {
                    String user = text(row, AccessQueries.ROLE.getName());
                    String project = text(row, AccessQueries.DATABASE.getName());
                    Set<String> members = new HashSet<>(usersByProject.getOrDefault(project, Set.of()));
                    if (!members.contains(user)) {
                        findings.add(new Finding(
                                Severity.SEVERE,
                                node.toString(),
                                "\"" + user + "\" can connect to the project \"" + project + "\", in which it is not",
                                "repair() that project, which closes it to PUBLIC, or revoke CONNECT from the user"));
                    }
                }));
        return findings;
    }

    private static String text(Record row, String field) {
        return String.valueOf(row.get(field, String.class));
    }
}

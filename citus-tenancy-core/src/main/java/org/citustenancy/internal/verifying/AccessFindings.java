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
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.ObservedPrivileges.Relation;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.planning.LevelRules;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.AccessQueries;
import org.citustenancy.internal.sql.PrivilegeQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;

/** Finds effective privileges that users must not have, from any source. */
public final class AccessFindings {

    private AccessFindings() {}

    /**
     * Returns the privileges of users on tables beyond their level.
     *
     * @return a finding per user, table and node
     */
    public static List<Finding> onTables(Session session, Topology topology, DesiredProject desired) {
        List<String> limited = desired.users().values().stream()
                .filter(user -> user.level() != AccessLevel.OWNER)
                .map(DesiredUser::name)
                .toList();
        List<Finding> findings = new ArrayList<>();
        if (!limited.isEmpty()) {
            BatchQueryExecutor.ask(
                            session,
                            topology,
                            Question.list(AccessQueries.onTables(topology.citus(), limited), Held::of))
                    .forEach((node, held) -> findings.addAll(onTables(node, held, desired)));
        }
        return findings;
    }

    private record Held(String role, String owner, TableName table, String privilege) {

        static Held of(AnswerRow row) {
            return new Held(
                    row.text(AccessQueries.ROLE),
                    row.text(PrivilegeQueries.OWNER),
                    new TableName(row.text(PrivilegeQueries.SCHEMA), row.text(PrivilegeQueries.RELATION)),
                    row.text(AccessQueries.PRIVILEGE));
        }
    }

    private static List<Finding> onTables(Node node, List<Held> held, DesiredProject desired) {
        Map<String, Set<String>> tooMuch = new TreeMap<>();
        for (Held each : held) {
            DesiredUser user = desired.users().get(each.role());
            if (user != null
                    && !user.name().equals(each.owner())
                    && !LevelRules.onRelation(user, each.table(), new Relation(false, each.owner(), 1))
                            .contains(each.privilege())) {
                tooMuch.computeIfAbsent("\"" + user.name() + "\" on " + each.table(), key -> new TreeSet<>())
                        .add(each.privilege());
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
     * Returns the users that can connect to projects to which they do not belong.
     *
     * @param session a session in the maintenance database
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
        Question<List<Connection>> connections = Question.list(
                AccessQueries.connections(users, usersByProject.keySet()),
                row -> new Connection(row.text(AccessQueries.ROLE), row.text(AccessQueries.DATABASE)));
        BatchQueryExecutor.ask(session, topology, connections)
                .forEach((node, there) -> there.forEach(connection -> {
                    String user = connection.user();
                    String project = connection.project();
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

    private record Connection(String user, String project) {}
}

package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.RemovalQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries every node for obstacles to dropping a project. */
public final class ObstacleObserver {

    private final Topology topology;

    /**
     * An observer on a cluster.
     *
     * @param topology the cluster's nodes
     */
    public ObstacleObserver(Topology topology) {
        this.topology = topology;
    }

    /**
     * Looks at every node.
     *
     * @param maintenance a session in the maintenance database
     * @param project the project's name
     * @param users its users
     * @return what each node says
     */
    public Map<Node, DropBlockers> observe(Session maintenance, String project, Collection<String> users) {
        return observe(maintenance, project, users, Set.of());
    }

    /**
     * Looks at every node, as if some other databases were gone already.
     *
     * @param maintenance a session in the maintenance database
     * @param project the project's name
     * @param users its users
     * @param gone the databases that need no role any more
     * @return what each node says
     */
    public Map<Node, DropBlockers> observe(
            Session maintenance, String project, Collection<String> users, Collection<String> gone) {
        Set<String> inside = new TreeSet<>(gone);
        inside.add(project);
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put("database", RemovalQueries.database(project));
        questions.put("sessions", RemovalQueries.sessions(project));
        questions.putAll(AdminSessions.questions(false));
        questions.put("prepared", RemovalQueries.preparedTransactions(project));
        questions.put("slots", RemovalQueries.replicationSlots(project));
        questions.put("subscriptions", RemovalQueries.subscriptions(project));
        if (!users.isEmpty()) {
            questions.put("roles", RemovalQueries.roles(users));
            questions.put("needed", RemovalQueries.rolesNeededElsewhere(users, inside));
        }
        Map<Node, DropBlockers> obstacles = new LinkedHashMap<>();
        BatchQueryExecutor.ask(maintenance, topology.coordinator(), topology.workers(), questions)
                .forEach((node, answers) -> obstacles.put(
                        node,
                        new DropBlockers(
                                !names(answers, "database").isEmpty(),
                                !names(answers, "sessions").isEmpty(),
                                AdminSessions.read(answers).carryDatabases(),
                                names(answers, "prepared"),
                                names(answers, "slots"),
                                names(answers, "subscriptions"),
                                Set.copyOf(names(answers, "roles")),
                                Set.copyOf(names(answers, "needed")))));
        return obstacles;
    }

    private static List<String> names(BatchResult answers, String question) {
        return answers.to(question).stream()
                .map(row -> String.valueOf(row.get(RemovalQueries.NAME.getName(), String.class)))
                .toList();
    }
}

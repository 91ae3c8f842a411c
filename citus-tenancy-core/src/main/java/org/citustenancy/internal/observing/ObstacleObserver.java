package org.citustenancy.internal.observing;

import java.util.Collection;
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

    /** Creates an observer of a cluster. */
    public ObstacleObserver(Topology topology) {
        this.topology = topology;
    }

    /**
     * Observes every node.
     *
     * @return the answer of each node
     */
    public Map<Node, DropBlockers> observe(Session maintenance, String project, Collection<String> users) {
        return observe(maintenance, project, users, Set.of());
    }

    /**
     * Observes every node, as if some other databases were dropped already.
     *
     * @param gone the databases that need no role any more
     * @return the answer of each node
     */
    public Map<Node, DropBlockers> observe(
            Session maintenance, String project, Collection<String> users, Collection<String> gone) {
        Set<String> inside = new TreeSet<>(gone);
        inside.add(project);
        Question<List<String>> database = names(RemovalQueries.database(project));
        Question<List<String>> sessions = names(RemovalQueries.sessions(project));
        Question<AdminSessions> admin = AdminSessions.question(false);
        Question<List<String>> prepared = names(RemovalQueries.preparedTransactions(project));
        Question<List<String>> slots = names(RemovalQueries.replicationSlots(project));
        Question<List<String>> subscriptions = names(RemovalQueries.subscriptions(project));
        Question<List<String>> roles = names(RemovalQueries.roles(users)).onlyIf(!users.isEmpty());
        Question<List<String>> needed =
                names(RemovalQueries.rolesNeededElsewhere(users, inside)).onlyIf(!users.isEmpty());
        return BatchQueryExecutor.ask(
                maintenance,
                topology,
                Question.together(
                        List.of(database, sessions, admin, prepared, slots, subscriptions, roles, needed),
                        answers -> new DropBlockers(
                                !answers.to(database).isEmpty(),
                                !answers.to(sessions).isEmpty(),
                                answers.to(admin).carryDatabases(),
                                answers.to(prepared),
                                answers.to(slots),
                                answers.to(subscriptions),
                                Set.copyOf(answers.to(roles)),
                                Set.copyOf(answers.to(needed)))));
    }

    private static Question<List<String>> names(Select<?> query) {
        return Question.list(query, row -> row.text(RemovalQueries.NAME));
    }
}

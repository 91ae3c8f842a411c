package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Whether a user's distributed queries get through to the workers, found out by sending one. */
public final class WorkerAccess {

    private WorkerAccess() {}

    /**
     * Acts as a user and asks every worker something.
     *
     * @param session an admin's session in the project's database
     * @param topology the cluster's nodes
     * @param user the user
     * @return the answers of the workers that the user did not get through to
     */
    public static List<NodeAnswer> blocked(Session session, Topology topology, String user) {
        if (topology.workers().isEmpty()) {
            return List.of();
        }
        return session.inTransaction(() -> {
            session.execute(CitusStatements.actAs(user));
            return failures(session, topology);
        });
    }

    /**
     * Asks every worker something, as whoever the session is.
     *
     * @param session a session in the project's database
     * @param topology the cluster's nodes
     * @return the answers of the workers that it did not get through to
     */
    public static List<NodeAnswer> failures(Session session, Topology topology) {
        Map<Node, String> questions = new LinkedHashMap<>();
        topology.workers().forEach(worker -> questions.put(worker, Sql.text(NodeStatements.anything())));
        return NodeCommands.on(session).run(questions).values().stream()
                .filter(answer -> !answer.success())
                .toList();
    }
}

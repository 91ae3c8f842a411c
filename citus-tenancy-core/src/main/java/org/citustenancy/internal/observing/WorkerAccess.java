package org.citustenancy.internal.observing;

import java.util.List;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.jooq.Record;

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
            return failures(session);
        });
    }

    /**
     * Asks every worker something, as whoever the session is.
     *
     * @param session a session in the project's database
     * @return the answers of the workers that it did not get through to
     */
    public static List<NodeAnswer> failures(Session session) {
        return session.fetch(CitusStatements.reachWorkers()).stream()
                .map(WorkerAccess::answer)
                .filter(answer -> !answer.success())
                .toList();
    }

    private static NodeAnswer answer(Record row) {
        Node worker = new Node(
                NodeRole.WORKER,
                String.valueOf(row.get(NodeStatements.NODE_NAME)),
                Integer.parseInt(String.valueOf(row.get(NodeStatements.NODE_PORT))));
        return new NodeAnswer(
                worker,
                Boolean.TRUE.equals(row.get(NodeStatements.SUCCESS)),
                String.valueOf(row.get(NodeStatements.RESULT)));
    }
}

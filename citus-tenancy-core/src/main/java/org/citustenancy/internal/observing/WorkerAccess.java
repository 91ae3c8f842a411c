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

/** Sends a distributed query to check whether a user's queries reach the workers. */
public final class WorkerAccess {

    private WorkerAccess() {}

    /**
     * Sends a query to every worker as a user.
     *
     * @param session an admin's session in the project's database
     * @return the answers of the workers that the user did not reach
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
     * Sends a query to every worker as the session's user. Citus sends none before it has reached all workers, so that
     * a user's own {@code idle_session_timeout} may end the first session while Citus waits for the last. So a worker
     * whose session ended is queried again by itself.
     *
     * @return the answers of the workers that it did not reach
     */
    public static List<NodeAnswer> failures(Session session, Topology topology) {
        return answers(session, topology.workers()).stream()
                .map(answer -> answer.isSessionLost()
                        ? answers(session, List.of(answer.node())).get(0)
                        : answer)
                .filter(answer -> !answer.success())
                .toList();
    }

    private static List<NodeAnswer> answers(Session session, List<Node> workers) {
        Map<Node, String> questions = new LinkedHashMap<>();
        workers.forEach(worker -> questions.put(worker, Sql.text(NodeStatements.anything())));
        return List.copyOf(NodeCommands.on(session).run(questions).values());
    }
}

package org.citustenancy.internal.session;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.citustenancy.topology.Node;

/** The direct sessions to workers that belong to a session on the coordinator: in the same database, and as long as it lasts. */
final class WorkerSessions implements AutoCloseable {

    private final DirectWorkerConnections ways;
    private final String database;
    private final BiFunction<Sessions, Duration, Session> opening;
    private final Map<String, Session> open = new HashMap<>();

    WorkerSessions(DirectWorkerConnections ways, String database, Deadline deadline) {
        this(ways, database, (there, timeout) -> there.admin(database, timeout, deadline));
    }

    /** The same for another role than the admin. */
    WorkerSessions(DirectWorkerConnections ways, String database, BiFunction<Sessions, Duration, Session> opening) {
        this.ways = ways;
        this.database = database;
        this.opening = opening;
    }

    /** Those that there are or that can be opened, by node. */
    Map<Node, Session> to(Collection<Node> nodes, Supplier<Session> coordinator) {
        open.values().removeIf(session -> {
            if (session.isBroken()) {
                session.close();
            }
            return session.isBroken();
        });
        List<Node> missing =
                nodes.stream().filter(node -> !open.containsKey(node.address())).toList();
        ways.open(coordinator, database, missing, opening)
                .forEach((node, session) -> open.put(node.address(), session));
        Map<Node, Session> found = new HashMap<>();
        for (Node node : nodes) {
            Session session = open.get(node.address());
            if (session != null) {
                found.put(node, session);
            }
        }
        return found;
    }

    @Override
    public void close() {
        open.values().forEach(Session::close);
        open.clear();
    }
}

package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Finds the nodes between which no new connection of the admin opens. The connections are those that Citus opens. */
public final class AdminPassages {

    private static final String SEPARATOR = ",";

    private AdminPassages() {}

    /**
     * Tries to connect from each node to all others.
     *
     * @param session a session on the coordinator, in the database to check
     * @param asking sends each worker its command, directly or through the coordinator
     * @return for each node that does not reach all others, the nodes that it does not reach; a worker that does not
     *     answer is among those that the coordinator does not reach, or is absent
     */
    public static Map<Node, List<Node>> closed(
            Session session, Topology topology, Function<Map<Node, String>, Map<Node, NodeAnswer>> asking) {
        Map<Node, List<Node>> closed = new LinkedHashMap<>();
        if (topology.workers().isEmpty()) {
            return closed;
        }
        List<Node> unreached =
                NodeCommands.on(session).ask(topology.workers(), NodeStatements.anything()).values().stream()
                        .filter(answer -> !answer.success())
                        .map(NodeAnswer::node)
                        .toList();
        if (!unreached.isEmpty()) {
            closed.put(topology.coordinator(), unreached);
        }
        Map<Node, String> questions = new LinkedHashMap<>();
        topology.workers()
                .forEach(worker ->
                        questions.put(worker, Sql.text(AdminRotationStatements.unreached(besides(worker, topology)))));
        asking.apply(questions).forEach((worker, answer) -> {
            if (answer.success() && !answer.text().isEmpty()) {
                List<String> addresses = List.of(answer.text().split(SEPARATOR));
                closed.put(
                        worker,
                        topology.nodes().stream()
                                .filter(node -> addresses.contains(node.address()))
                                .toList());
            }
        });
        return closed;
    }

    private static List<Node> besides(Node worker, Topology topology) {
        List<Node> others = new ArrayList<>(topology.nodes());
        others.remove(worker);
        return others;
    }
}

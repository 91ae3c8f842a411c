package org.citustenancy.internal.session;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.topology.Node;
import org.jooq.Record;

/** Sends commands to the other nodes through a session on the coordinator. */
public final class NodeCommands {

    private final Session session;

    private NodeCommands(Session session) {
        this.session = session;
    }

    /**
     * Commands that go through a session; they reach the nodes in the database of that session's name.
     *
     * @param session a session on the coordinator
     * @return the way to the other nodes
     */
    public static NodeCommands on(Session session) {
        return new NodeCommands(session);
    }

    /**
     * Sends each node its command, all at once, and waits for all of them.
     *
     * @param commands the commands by node
     * @return each node's answer, failures too, in the same order
     */
    public Map<Node, NodeAnswer> run(Map<Node, String> commands) {
        Map<String, Record> rows = new HashMap<>();
        session.fetch(NodeStatements.run(commands))
                .forEach(row ->
                        rows.put(row.get(NodeStatements.NODE_NAME) + ":" + row.get(NodeStatements.NODE_PORT), row));
        Map<Node, NodeAnswer> answers = new LinkedHashMap<>();
        for (Node node : commands.keySet()) {
            Record row = rows.get(node.address());
            answers.put(
                    node,
                    row == null
                            ? new NodeAnswer(node, false, "connection lost: the coordinator says nothing of it")
                            : new NodeAnswer(
                                    node,
                                    Boolean.TRUE.equals(row.get(NodeStatements.SUCCESS)),
                                    String.valueOf(row.get(NodeStatements.RESULT))));
        }
        return answers;
    }
}

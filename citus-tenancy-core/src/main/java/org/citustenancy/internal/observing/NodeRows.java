package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** One question to every node. */
public final class NodeRows {

    private static final String QUESTION = "question";

    private NodeRows() {}

    /**
     * Asks.
     *
     * @param session a session on the coordinator, in the database in question
     * @param topology the cluster's nodes
     * @param question a query that any node can answer
     * @return each node's rows
     */
    public static Map<Node, List<Record>> ask(Session session, Topology topology, Select<?> question) {
        Map<Node, List<Record>> rows = new LinkedHashMap<>();
        BatchQueryExecutor.ask(session, topology.coordinator(), topology.workers(), Map.of(QUESTION, question))
                .forEach((node, answers) -> rows.put(node, answers.to(QUESTION)));
        return rows;
    }
}

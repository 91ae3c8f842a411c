package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.topology.Node;

/** Asks every node the same questions, in one statement each and all at the same time. */
public final class BatchQueryExecutor {

    private BatchQueryExecutor() {}

    /**
     * Asks the coordinator and the workers.
     *
     * @param session a session on the coordinator, in the database in question
     * @param coordinator the coordinator
     * @param workers the workers
     * @param questions the questions by their keys
     * @return each node's answers
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer
     */
    static Map<Node, BatchResult> ask(
            Session session, Node coordinator, List<Node> workers, Map<String, Select<?>> questions) {
        Select<?> survey = NodeStatements.survey(questions);
        BoundQuery bound = BoundQuery.of(survey);
        Map<Node, BatchResult> answers = new LinkedHashMap<>();
        try (NodeCommands.Asked asked = NodeCommands.nearest(session).begin(workers, survey, bound)) {
            answers.put(coordinator, BatchResult.parse(session.ask(bound)));
            answers.putAll(parsed(session, asked.await()));
        }
        return answers;
    }

    /**
     * Asks the coordinator alone.
     *
     * @param session a session on the coordinator, in the database in question
     * @param questions the questions by their keys
     * @return its answers
     */
    public static BatchResult askCoordinator(Session session, Map<String, Select<?>> questions) {
        return BatchResult.parse(session.ask(BoundQuery.of(NodeStatements.survey(questions))));
    }

    static Map<Node, BatchResult> askWorkers(Session session, List<Node> workers, Map<String, Select<?>> questions) {
        return parsed(session, tryWorkers(session, workers, questions));
    }

    private static Map<Node, BatchResult> parsed(Session session, Map<Node, NodeAnswer> answers) {
        Map<Node, BatchResult> parsed = new LinkedHashMap<>();
        answers.forEach((node, answer) -> parsed.put(node, BatchResult.parse(answer.orThrow(session.place()))));
        return parsed;
    }

    /**
     * The answers of the workers, including failures.
     *
     * @param session a session on the coordinator, in the database in question
     * @param workers the workers
     * @param questions the questions by their keys
     * @return each worker's answer, for {@link BatchResult#parse} if it is one
     */
    public static Map<Node, NodeAnswer> tryWorkers(
            Session session, List<Node> workers, Map<String, Select<?>> questions) {
        return ask(NodeCommands.nearest(session), workers, questions);
    }

    /**
     * The same, always through the coordinator, which shows whether it reaches the workers.
     *
     * @param session a session on the coordinator, in the database in question
     * @param workers the workers
     * @param questions the questions by their keys
     * @return each worker's answer
     */
    static Map<Node, NodeAnswer> tryThroughCoordinator(
            Session session, List<Node> workers, Map<String, Select<?>> questions) {
        return ask(NodeCommands.on(session), workers, questions);
    }

    private static Map<Node, NodeAnswer> ask(NodeCommands way, List<Node> workers, Map<String, Select<?>> questions) {
        if (workers.isEmpty()) {
            return Map.of();
        }
        return way.ask(workers, NodeStatements.survey(questions));
    }
}

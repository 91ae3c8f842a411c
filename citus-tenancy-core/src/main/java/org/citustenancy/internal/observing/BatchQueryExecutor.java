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
import org.citustenancy.topology.Topology;

/** Sends every node the same question, in one statement per node and to all nodes at the same time. */
public final class BatchQueryExecutor {

    private BatchQueryExecutor() {}

    /**
     * Queries all nodes.
     *
     * @param session a session on the coordinator, in the database of the question
     * @param <T> the answer
     * @return each node's answer, the coordinator's first
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer
     */
    public static <T> Map<Node, T> ask(Session session, Topology topology, Question<T> question) {
        return ask(session, topology.coordinator(), topology.workers(), question);
    }

    static <T> Map<Node, T> ask(Session session, Node coordinator, List<Node> workers, Question<T> question) {
        Select<?> survey = NodeStatements.survey(question.queries());
        BoundQuery bound = BoundQuery.of(survey);
        Map<Node, T> answers = new LinkedHashMap<>();
        try (NodeCommands.Asked asked = NodeCommands.nearest(session).begin(workers, survey, bound)) {
            answers.put(coordinator, read(question, session.ask(bound)));
            asked.await()
                    .forEach((node, answer) ->
                            answers.put(node, NodeReply.of(answer, question).orThrow(session.place())));
        }
        return answers;
    }

    /**
     * Queries the coordinator alone.
     *
     * @param session a session on the coordinator, in the database of the question
     * @param <T> the answer
     * @return its answer
     */
    public static <T> T askCoordinator(Session session, Question<T> question) {
        return read(question, session.ask(BoundQuery.of(NodeStatements.survey(question.queries()))));
    }

    static <T> Map<Node, T> askWorkers(Session session, List<Node> workers, Question<T> question) {
        Map<Node, T> answers = new LinkedHashMap<>();
        tryWorkers(session, workers, question)
                .forEach((node, reply) -> answers.put(node, reply.orThrow(session.place())));
        return answers;
    }

    /**
     * Returns the answers of the workers, including failures.
     *
     * @param session a session on the coordinator, in the database of the question
     * @param <T> the answer
     */
    public static <T> Map<Node, NodeReply<T>> tryWorkers(Session session, List<Node> workers, Question<T> question) {
        return ask(NodeCommands.nearest(session), workers, question);
    }

    /** Returns the same answers through the coordinator, which shows whether it reaches the workers. */
    static <T> Map<Node, NodeReply<T>> tryThroughCoordinator(
            Session session, List<Node> workers, Question<T> question) {
        return ask(NodeCommands.on(session), workers, question);
    }

    private static <T> Map<Node, NodeReply<T>> ask(NodeCommands way, List<Node> workers, Question<T> question) {
        Map<Node, NodeReply<T>> replies = new LinkedHashMap<>();
        if (!workers.isEmpty()) {
            Map<Node, NodeAnswer> answers = way.ask(workers, NodeStatements.survey(question.queries()));
            answers.forEach((node, answer) -> replies.put(node, NodeReply.of(answer, question)));
        }
        return replies;
    }

    private static <T> T read(Question<T> question, String json) {
        return question.read(Answers.parse(question.queries(), json));
    }
}

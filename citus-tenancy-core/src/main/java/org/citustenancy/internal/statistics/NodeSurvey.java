package org.citustenancy.internal.statistics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Sends the same queries to every node and omits the nodes that do not answer.
 *
 * <p>One statement queries all workers. Only if it does not end in time, each worker is queried alone, so that a
 * hanging worker does not hide the others.
 */
final class NodeSurvey {

    private final Function<Deadline, Session> sessions;
    private final ExecutorService threads;
    private final Duration timeout;

    /**
     * Creates a survey in one database.
     *
     * @param sessions opens a session in it on the coordinator
     * @param threads runs tasks that wait for a server
     * @param timeout how long to wait for a node
     */
    NodeSurvey(Function<Deadline, Session> sessions, ExecutorService threads, Duration timeout) {
        this.sessions = sessions;
        this.threads = threads;
        this.timeout = timeout;
    }

    /** Opens a session for {@link #ask}. */
    Session open() {
        return sessions.apply(Deadline.in(timeout));
    }

    <T> SurveyAnswers<T> ask(Session session, Topology topology, Question<T> question) {
        return ask(session, topology.nodes(), question);
    }

    <T> SurveyAnswers<T> ask(Session session, List<Node> nodes, Question<T> question) {
        Map<Node, T> answers = new LinkedHashMap<>();
        List<UnansweredNode> unanswered = new ArrayList<>();
        for (Node coordinator : nodes.stream().filter(Node::isCoordinator).toList()) {
            try {
                answers.put(coordinator, BatchQueryExecutor.askCoordinator(session, question));
            } catch (ServerErrorException refused) {
                unanswered.add(new UnansweredNode(coordinator, refused.serverMessage()));
            }
        }
        List<Node> workers =
                nodes.stream().filter(node -> !node.isCoordinator()).toList();
        askWorkers(session, workers, question).forEach((node, reply) -> reply.answer()
                .ifPresentOrElse(
                        answer -> answers.put(node, answer),
                        () -> unanswered.add(new UnansweredNode(node, reply.failure()))));
        return new SurveyAnswers<>(answers, unanswered);
    }

    private <T> Map<Node, NodeReply<T>> askWorkers(Session session, List<Node> workers, Question<T> question) {
        try {
            return BatchQueryExecutor.tryWorkers(session, workers, question);
        } catch (DeadlineExceededException silence) {
            Map<Node, NodeReply<T>> replies = new LinkedHashMap<>();
            new ParallelTasks(threads, workers.size())
                    .each(workers, worker -> askAlone(worker, question))
                    .forEach(reply -> replies.put(reply.raw().node(), reply));
            return replies;
        }
    }

    private <T> NodeReply<T> askAlone(Node worker, Question<T> question) {
        try (Session own = open()) {
            return BatchQueryExecutor.tryWorkers(own, List.of(worker), question)
                    .values()
                    .iterator()
                    .next();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            return NodeReply.failed(worker, failure.failure().what());
        }
    }
}

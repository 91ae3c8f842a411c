package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Questions that every node can be asked, with what their answers say.
 *
 * @param questions the questions by their keys
 * @param reading from each node's answers to what they say
 * @param <T> what that is
 */
public record BatchQuery<T>(Map<String, Select<?>> questions, Function<Map<Node, BatchResult>, T> reading) {

    /**
     * What two surveys say.
     *
     * @param first what the one says
     * @param second what the other says
     * @param <A> what the one says
     * @param <B> what the other says
     */
    public record Both<A, B>(A first, B second) {}

    /**
     * The questions of this and of another survey, whose keys are not the same, in one statement.
     *
     * @param other the other one
     * @param <U> what that one says
     * @return both
     */
    public <U> BatchQuery<Both<T, U>> and(BatchQuery<U> other) {
        Map<String, Select<?>> all = new LinkedHashMap<>(questions);
        all.putAll(other.questions);
        if (all.size() < questions.size() + other.questions.size()) {
            throw new IllegalArgumentException(
                    "One key for two questions: " + questions.keySet() + " and " + other.questions.keySet());
        }
        return new BatchQuery<>(all, answers -> new Both<>(reading.apply(answers), other.reading.apply(answers)));
    }

    /**
     * Queries all nodes at the same time.
     *
     * @param session a session on the coordinator, in the database in question
     * @param topology the nodes
     * @return their answers
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer
     */
    public T ask(Session session, Topology topology) {
        return reading.apply(BatchQueryExecutor.ask(session, topology.coordinator(), topology.workers(), questions));
    }
}

package org.citustenancy.internal.observing;

import java.util.Optional;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.topology.Node;

/**
 * The answer of a node, or the reason for its absence.
 *
 * @param raw the answer as received
 * @param answer the parsed answer, absent if the node did not answer
 * @param <T> the type of the answer
 */
public record NodeReply<T>(NodeAnswer raw, Optional<T> answer) {

    static <T> NodeReply<T> of(NodeAnswer raw, Question<T> question) {
        return new NodeReply<>(
                raw,
                raw.success()
                        ? Optional.of(question.read(Answers.parse(question.queries(), raw.text())))
                        : Optional.empty());
    }

    static <T> NodeReply<T> answered(Node node, T answer) {
        return new NodeReply<>(new NodeAnswer(node, true, ""), Optional.of(answer));
    }

    /**
     * Returns the reply for a node that did not answer.
     *
     * @param reason why
     * @param <T> the type of the answer
     * @return no answer
     */
    public static <T> NodeReply<T> failed(Node node, String reason) {
        return new NodeReply<>(new NodeAnswer(node, false, reason), Optional.empty());
    }

    /**
     * Returns the reason for a missing answer.
     *
     * @return the error
     */
    public String failure() {
        return raw.text();
    }

    /**
     * Returns the answer of a node that must answer.
     *
     * @param where the place of the question
     * @return the answer
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator did not reach the node
     * @throws org.citustenancy.errors.ServerErrorException if the node refused
     */
    public T orThrow(Place where) {
        raw.orThrow(where);
        return answer.orElseThrow();
    }
}

package org.citustenancy.internal.observing;

import java.util.Optional;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.topology.Node;

/**
 * What a node answered, or why it did not.
 *
 * @param raw the answer as it came
 * @param answer what it says, absent if the node did not answer
 * @param <T> what that is
 */
public record NodeReply<T>(NodeAnswer raw, Optional<T> answer) {

    static <T> NodeReply<T> of(NodeAnswer raw, Question<T> question) {
        return new NodeReply<>(
                raw,
                raw.success()
                        ? Optional.of(question.read(Answers.parse(question.queries(), raw.text())))
                        : Optional.empty());
    }

    /**
     * That a node did not answer.
     *
     * @param reason why
     * @param <T> what it would have said
     * @return no answer
     */
    public static <T> NodeReply<T> failed(Node node, String reason) {
        return new NodeReply<>(new NodeAnswer(node, false, reason), Optional.empty());
    }

    /**
     * Why there is no answer.
     *
     * @return what went wrong
     */
    public String failure() {
        return raw.text();
    }

    /**
     * The answer of a node that has to give one.
     *
     * @param where what was asked for it
     * @return what it says
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator did not get through to the node
     * @throws org.citustenancy.errors.ServerErrorException if the node refused
     */
    public T orThrow(Place where) {
        raw.orThrow(where);
        return answer.orElseThrow();
    }
}

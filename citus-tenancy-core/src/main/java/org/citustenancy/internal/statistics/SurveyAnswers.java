package org.citustenancy.internal.statistics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;

/**
 * The answers of the nodes, and the nodes that did not answer.
 *
 * @param answers the answers by node, in the nodes' order
 * @param unanswered the others
 * @param <T> the answer
 */
record SurveyAnswers<T>(Map<Node, T> answers, List<UnansweredNode> unanswered) {

    /** Returns a part of each answer. */
    <U> SurveyAnswers<U> map(Function<T, U> part) {
        Map<Node, U> parts = new LinkedHashMap<>();
        answers.forEach((node, answer) -> parts.put(node, part.apply(answer)));
        return new SurveyAnswers<>(parts, unanswered);
    }
}

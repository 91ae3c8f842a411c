package org.citustenancy.statistics;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.topology.Node;

/**
 * A sum over the nodes that answered.
 *
 * @param value the sum
 * @param without the nodes that are not in it, because they did not answer
 */
public record Total(long value, List<Node> without) {

    /** Copies the list. */
    public Total {
        without = List.copyOf(without);
    }

    /**
     * Whether nodes are missing in it, so that the true sum may be greater.
     *
     * @return true if at least one is
     */
    public boolean isPartial() {
        return !without.isEmpty();
    }

    /**
     * The sum of two.
     *
     * @param other the other
     * @return a total that is without the nodes of both
     */
    public Total plus(Total other) {
        return new Total(
                value + other.value,
                Stream.concat(without.stream(), other.without.stream())
                        .distinct()
                        .toList());
    }

    static Total of(long value, List<UnansweredNode> unanswered) {
        return new Total(value, unanswered.stream().map(UnansweredNode::node).toList());
    }

    /** The sum, and what is missing in it. */
    @Override
    public String toString() {
        return isPartial()
                ? without.stream().map(Node::toString).collect(Collectors.joining(", ", value + " (without ", ")"))
                : Long.toString(value);
    }
}

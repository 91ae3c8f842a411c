package org.citustenancy.statistics;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.topology.Node;

/**
 * A sum over the nodes that answered.
 *
 * @param value the sum
 * @param without the nodes that are not included, because they did not answer
 */
public record Total(long value, List<Node> without) {

    /** Copies the list. */
    public Total {
        without = List.copyOf(without);
    }

    /**
     * Returns whether nodes are missing in the sum, so that the true sum may be greater.
     *
     * @return true if at least one node is missing
     */
    public boolean isPartial() {
        return !without.isEmpty();
    }

    /**
     * Returns the sum of two totals.
     *
     * @param other the other total
     * @return a total that excludes the missing nodes of both
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

    /** Returns the sum and the missing nodes. */
    @Override
    public String toString() {
        return isPartial()
                ? without.stream().map(Node::toString).collect(Collectors.joining(", ", value + " (without ", ")"))
                : Long.toString(value);
    }
}

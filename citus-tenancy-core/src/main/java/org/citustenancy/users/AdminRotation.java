package org.citustenancy.users;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a change of the admin's password. Every node has the new password. Nodes that read the password from a file
 * still present the former one, and {@link #remaining()} names them.
 *
 * @param password the new password, to be stored
 * @param remaining the nodes from which no new connection of the admin to another node opens, each with its pending change;
 *     empty if there are none
 * @param interruption how long new connections of the admin between nodes could fail at most, besides those of the remaining
 *     nodes
 */
public record AdminRotation(Secret password, List<RemainingNode> remaining, Duration interruption) {

    /** Copies the list. */
    public AdminRotation {
        remaining = List.copyOf(remaining);
    }

    /**
     * Whether nothing is left to be done on any node.
     *
     * @return false if a node still presents another password
     */
    public boolean isComplete() {
        return remaining.isEmpty();
    }

    /** One line, password masked. */
    @Override
    public String toString() {
        return "The admin's password has changed on every node"
                + (isComplete()
                        ? ""
                        : "; still to be done: "
                                + remaining.stream()
                                        .map(RemainingNode::toString)
                                        .collect(Collectors.joining("; ")));
    }

    /**
     * A node where something is left to be done.
     *
     * @param node its part and its address, as in {@code worker citus-worker-1:5432}
     * @param database the database in which it was seen
     * @param what what was seen
     * @param fix what to do
     */
    public record RemainingNode(String node, String database, String what, String fix) {

        /** The node, what was seen there, and what to do. */
        @Override
        public String toString() {
            return node + " in \"" + database + "\": " + what + "; fix: " + fix;
        }
    }
}

package org.citustenancy.users;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of a change of the admin's password. Every node has the new password. Nodes that read the password from a
 * file still present the former one; {@link #remaining()} names them.
 *
 * @param password the new password, to be stored
 * @param remaining the nodes from which the admin cannot open new connections to other nodes, each with its pending
 *     change; empty if there are none
 * @param interruption the maximum time during which new connections of the admin between nodes could fail, except on
 *     the remaining nodes
 */
public record AdminRotation(Secret password, List<RemainingNode> remaining, Duration interruption) {

    /** Copies the list. */
    public AdminRotation {
        remaining = List.copyOf(remaining);
    }

    /**
     * Returns whether no node has a pending change.
     *
     * @return false if a node still presents another password
     */
    public boolean isComplete() {
        return remaining.isEmpty();
    }

    /** Returns one line, with the password masked. */
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
     * A node with a pending change.
     *
     * @param node its role and its address, as in {@code worker citus-worker-1:5432}
     * @param database the database in which it was observed
     * @param what the observed problem
     * @param fix what you can do
     */
    public record RemainingNode(String node, String database, String what, String fix) {

        /** Returns the node, the observed problem, and the fix. */
        @Override
        public String toString() {
            return node + " in \"" + database + "\": " + what + "; fix: " + fix;
        }
    }
}

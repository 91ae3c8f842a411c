package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.topology.Node;

/**
 * The state of a project that all nodes report at one moment.
 *
 * @param nodes the state that each node reports
 * @param verifiers the verifiers that the coordinator has, by role
 * @param blocked the users that were tried from the coordinator, with the workers that they did not reach
 * @param admin how the admin's sessions between nodes start, by node; empty if only roles were looked at
 * @param outline what can be seen of it from outside, to be compared; absent if only a part was looked at
 */
public record ObservedProject(
        Map<Node, NodeState> nodes,
        Map<String, Verifier> verifiers,
        Map<String, List<NodeAnswer>> blocked,
        Map<Node, AdminSessions> admin,
        Optional<String> outline) {

    /** What one node says. */
    public NodeState on(Node node) {
        return Objects.requireNonNull(nodes.get(node), () -> node + " was not observed");
    }

    /**
     * Whether a user reaches every worker.
     *
     * @return absent if it could not be tried yet
     */
    public Optional<Boolean> reachesWorkers(String user) {
        return Optional.ofNullable(blocked.get(user)).map(List::isEmpty);
    }

    /**
     * Whether no node has the database.
     *
     * @return true if the project would be new
     */
    public boolean isAbsent() {
        return nodes.values().stream().allMatch(state -> state.database().isEmpty());
    }
}

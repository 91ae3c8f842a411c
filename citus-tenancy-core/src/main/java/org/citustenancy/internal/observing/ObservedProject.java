package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.topology.Node;

/**
 * The state of a project that all nodes report, in one snapshot.
 *
 * @param nodes the state that each node reports
 * @param verifiers the verifiers on the coordinator, by role
 * @param blocked the users that were tried from the coordinator, with the workers that they did not reach
 * @param admin the start of the admin's sessions between nodes, by node; empty if only roles were observed
 * @param fingerprint the fingerprint of its state from outside, for comparison; absent if only a part was observed
 */
public record ObservedProject(
        Map<Node, NodeState> nodes,
        Map<String, Verifier> verifiers,
        Map<String, List<NodeAnswer>> blocked,
        Map<Node, AdminSessions> admin,
        Optional<String> fingerprint) {

    /** Returns the state that one node reports. */
    public NodeState on(Node node) {
        return Objects.requireNonNull(nodes.get(node), () -> node + " was not observed");
    }

    /**
     * Checks whether a user reaches every worker.
     *
     * @return absent if it could not be tried yet
     */
    public Optional<Boolean> reachesWorkers(String user) {
        return Optional.ofNullable(blocked.get(user)).map(List::isEmpty);
    }

    /**
     * Checks whether no node has the database.
     *
     * @return true if the project would be new
     */
    public boolean isAbsent() {
        return nodes.values().stream().allMatch(state -> state.database().isEmpty());
    }
}

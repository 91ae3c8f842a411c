package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.topology.Node;

/**
 * The source of a clone: the database of the project that it is cloned from.
 *
 * @param database the database that is cloned on every node
 * @param opened whether it is opened again afterwards
 * @param observed the state that the nodes report
 */
public record CloneSource(String database, boolean opened, ObservedProject observed) {

    /**
     * Returns the state that the nodes will report for a new project once its database is a clone. Cloned objects need
     * not be created.
     *
     * @param target the current state of the new project
     * @return the same state, with the future contents on nodes that have no database yet
     */
    public ObservedProject appliedTo(ObservedProject target) {
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        target.nodes().forEach((node, state) -> nodes.put(node, cloned(state, observed.on(node))));
        return new ObservedProject(nodes, target.verifiers(), target.blocked(), target.admin(), target.fingerprint());
    }

    private NodeState cloned(NodeState target, NodeState source) {
        OptionalInt openedTo = source.database().stream()
                .filter(there -> opened)
                .mapToInt(ObservedDatabase::connectionLimit)
                .findFirst();
        boolean there = target.database().isPresent();
        return new NodeState(
                target.database(),
                target.roles(),
                there ? target.contents() : source.contents().map(ObservedContents::asClone),
                there ? target.privileges() : source.privileges(),
                Optional.of(new SourceDatabase(database, openedTo, false)));
    }
}

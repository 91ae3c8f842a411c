package org.citustenancy.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;

/**
 * The figures of a project.
 *
 * @param name the name of the project and of its database
 * @param owner the role that owns the database
 * @param state the project's state; absent for a database that is not managed here
 * @param nodes its database on each node that answered
 * @param unanswered the nodes that did not answer or do not have the database; every total excludes them
 * @param contents its contents; absent if they were not requested or could not be read
 * @param problem the reason why requested contents could not be read
 */
public record ProjectFigures(
        String name,
        String owner,
        Optional<ProjectState> state,
        List<ProjectOnNode> nodes,
        List<UnansweredNode> unanswered,
        Optional<ProjectContents> contents,
        Optional<String> problem) {

    /** Copies the lists. */
    public ProjectFigures {
        nodes = List.copyOf(nodes);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Returns the figures of the project on one node.
     *
     * @param node the node
     * @return absent if the node did not answer
     */
    public Optional<ProjectOnNode> on(Node node) {
        return nodes.stream().filter(part -> part.node().equals(node)).findFirst();
    }

    /**
     * Returns the size on disk in bytes, over all nodes.
     *
     * @return absent if the querying role may not see it on one of the nodes that answered
     */
    public Optional<Total> size() {
        if (nodes.stream().anyMatch(part -> part.size().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(total(nodes.stream()
                .map(ProjectOnNode::size)
                .mapToLong(OptionalLong::getAsLong)
                .sum()));
    }

    /**
     * Returns the number of client sessions over all nodes. Sessions between nodes are included, because each counts
     * against a node's limit.
     *
     * @return absent if the querying role may not see all of them
     */
    public Optional<Total> connections() {
        if (nodes.stream().anyMatch(part -> part.sessions().hidden() > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                total(nodes.stream().mapToLong(part -> part.sessions().seen()).sum()));
    }

    /**
     * Returns the counters of all nodes together.
     *
     * @return absent if no node returned its counters
     */
    public Optional<DatabaseCounters> counters() {
        return nodes.stream().flatMap(part -> part.counters().stream()).reduce(DatabaseCounters::plus);
    }

    /**
     * Returns a copy with the contents of the project.
     *
     * @param seen the observed contents
     * @return a more complete copy
     */
    public ProjectFigures with(ProjectContents seen) {
        return new ProjectFigures(name, owner, state, nodes, unanswered, Optional.of(seen), Optional.empty());
    }

    /**
     * Returns a copy with the reason why the project's contents are missing.
     *
     * @param reason the reason
     * @return a copy
     */
    public ProjectFigures withProblem(String reason) {
        return new ProjectFigures(name, owner, state, nodes, unanswered, Optional.empty(), Optional.of(reason));
    }

    private Total total(long value) {
        return Total.of(value, unanswered);
    }
}

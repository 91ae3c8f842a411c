package org.citustenancy.statistics;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;

/**
 * What a project uses.
 *
 * @param name the project's name, which is its database's
 * @param owner the role that owns the database
 * @param state the project's state; absent for a database that is not managed here
 * @param nodes its database on each node that answered
 * @param unanswered the nodes that did not answer or do not have the database, whose part is missing in every total
 * @param contents its contents; absent if they were not requested or could not be read
 * @param problem why requested contents could not be read
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
     * Its part on one node.
     *
     * @param node the node
     * @return absent if the node did not answer
     */
    public Optional<ProjectOnNode> on(Node node) {
        return nodes.stream().filter(part -> part.node().equals(node)).findFirst();
    }

    /**
     * Its bytes on disk over all nodes.
     *
     * @return absent if the one who asked may not see it on one of the nodes that answered
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
     * The clients' sessions over all nodes, those between nodes included, since each counts against a node's limit.
     *
     * @return absent if the one who asked may not see all of them
     */
    public Optional<Total> connections() {
        if (nodes.stream().anyMatch(part -> part.sessions().hidden() > 0)) {
            return Optional.empty();
        }
        return Optional.of(
                total(nodes.stream().mapToLong(part -> part.sessions().seen()).sum()));
    }

    /**
     * What all nodes together have counted.
     *
     * @return absent if none of them gave its counters
     */
    public Optional<DatabaseCounters> counters() {
        return nodes.stream().flatMap(part -> part.counters().stream()).reduce(DatabaseCounters::plus);
    }

    /**
     * The same, with what lies in the project.
     *
     * @param seen what was seen
     * @return a completer copy
     */
    public ProjectFigures with(ProjectContents seen) {
        return new ProjectFigures(name, owner, state, nodes, unanswered, Optional.of(seen), Optional.empty());
    }

    /**
     * The same, with the reason why the project's contents are missing.
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

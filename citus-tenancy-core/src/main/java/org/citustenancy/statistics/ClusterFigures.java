package org.citustenancy.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a cluster's projects use.
 *
 * @param at the time of the query, by the clock of this process
 * @param nodes the nodes that answered
 * @param unanswered the nodes that did not, whose part is missing in every total
 * @param projects the projects that are managed here, without those that are being dropped
 * @param unmanaged other databases, without templates and the maintenance database
 */
public record ClusterFigures(
        Instant at,
        List<NodeFigures> nodes,
        List<UnansweredNode> unanswered,
        List<ProjectFigures> projects,
        List<ProjectFigures> unmanaged) {

    /** Copies the lists. */
    public ClusterFigures {
        nodes = List.copyOf(nodes);
        unanswered = List.copyOf(unanswered);
        projects = List.copyOf(projects);
        unmanaged = List.copyOf(unmanaged);
    }

    /**
     * One project.
     *
     * @param name its name
     * @return absent if it is not managed here
     */
    public Optional<ProjectFigures> project(String name) {
        return projects.stream().filter(project -> project.name().equals(name)).findFirst();
    }

    /**
     * Bytes of all projects that are managed here.
     *
     * @return the sum of those that may be seen
     */
    public Total size() {
        return projects.stream()
                .flatMap(project -> project.size().stream())
                .reduce(Total.of(0, unanswered), Total::plus);
    }

    /**
     * Sessions in all projects that are managed here.
     *
     * @return the sum of those that may be seen
     */
    public Total connections() {
        return projects.stream()
                .flatMap(project -> project.connections().stream())
                .reduce(Total.of(0, unanswered), Total::plus);
    }
}

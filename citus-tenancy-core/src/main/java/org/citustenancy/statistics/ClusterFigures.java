package org.citustenancy.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The figures of a cluster's projects.
 *
 * @param at the time of the query, by the clock of this process
 * @param nodes the nodes that answered
 * @param unanswered the nodes that did not answer; every total excludes them
 * @param projects the managed projects, without those that are being dropped
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
     * Returns the figures of one project.
     *
     * @param name its name
     * @return absent if the project is not managed here
     */
    public Optional<ProjectFigures> project(String name) {
        return projects.stream().filter(project -> project.name().equals(name)).findFirst();
    }

    /**
     * Returns the bytes of all managed projects.
     *
     * @return the sum of the visible values
     */
    public Total size() {
        return projects.stream()
                .flatMap(project -> project.size().stream())
                .reduce(Total.of(0, unanswered), Total::plus);
    }

    /**
     * Returns the sessions in all managed projects.
     *
     * @return the sum of the visible values
     */
    public Total connections() {
        return projects.stream()
                .flatMap(project -> project.connections().stream())
                .reduce(Total.of(0, unanswered), Total::plus);
    }
}

package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;

/**
 * The marks of projects: digests that change with every row that is written inside a project on any node, and with its
 * users, its privileges and settings, its entry in the registry, the servers and their rules for clients. They are
 * computed without a session in the projects. The writes of a session count some seconds after its transaction has
 * ended, and at once when it ends.
 */
public final class ProjectMarks {

    /** No marks: every project may have changed. */
    public static final ProjectMarks NONE = new ProjectMarks(new ProjectUse(Map.of()), Map.of());

    private final ProjectUse use;
    private final Map<String, String> marks;

    private ProjectMarks(ProjectUse use, Map<String, String> marks) {
        this.use = use;
        this.marks = marks;
    }

    /**
     * Computes the marks of the projects that are ready, with as many statements for all as for one.
     *
     * @param maintenance a session in the maintenance database
     * @return none without Citus, where a look inside wakes nothing, and if a node does not answer
     */
    public static ProjectMarks observe(
            Session maintenance, Topology topology, Collection<RegisteredProject> registered) {
        List<RegisteredProject> projects = registered.stream()
                .filter(project -> project.state() == ProjectState.READY)
                .toList();
        if (!topology.citus() || projects.isEmpty()) {
            return NONE;
        }
        // A session that is open may have written what does not count yet, so sessions are observed first.
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        Map<String, List<String>> users = new HashMap<>();
        projects.forEach(project -> users.put(project.name(), project.users()));
        Map<String, String> observed = new ProjectFingerprints(topology).marks(maintenance, users);
        Map<String, String> marks = new HashMap<>();
        // A request that changes the registry alone, such as one with a grant that waits, changes the time.
        projects.forEach(project -> Optional.ofNullable(observed.get(project.name()))
                .ifPresent(mark -> marks.put(
                        project.name(),
                        Verifier.digest(mark + " " + project.changedAt() + " " + project.writerVersion()))));
        return new ProjectMarks(use, marks);
    }

    /** Returns the mark of a project; absent if it is not known. */
    public Optional<String> of(String project) {
        return Optional.ofNullable(marks.get(project));
    }

    /** Returns the mark of a project that nothing used just before, so that all writes in it count. */
    public Optional<String> ofUnused(String project) {
        return of(project).filter(mark -> use.obstacles(project).isEmpty());
    }

    /** Returns the mark of a project that was suspended just before. */
    public Optional<String> ofSuspended(String project) {
        return of(project).filter(mark -> use.isSuspended(project));
    }
}

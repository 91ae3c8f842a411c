package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;

/**
 * The marks of projects: digests that change with every write inside a project on any node, and with its users, its
 * privileges and settings, its entry in the registry, the servers and their rules for clients. They are computed
 * without a session in the projects. The writes of a session count some seconds after its transaction has ended, and at
 * once when it ends.
 */
public final class ProjectMarks {

    private ProjectMarks() {}

    /**
     * Computes the marks of several projects with as many statements as for one.
     *
     * @param maintenance a session in the maintenance database
     * @return the mark of each project; empty if a node does not answer
     */
    public static Map<String, String> of(
            Session maintenance, Topology topology, Collection<RegisteredProject> projects) {
        if (projects.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> users = new HashMap<>();
        projects.forEach(project -> users.put(project.name(), project.users()));
        Map<String, String> observed = new ProjectFingerprints(topology).marks(maintenance, users);
        Map<String, String> marks = new HashMap<>();
        // A request that changes the registry alone, such as one with a grant that waits, changes the time.
        projects.forEach(project -> Optional.ofNullable(observed.get(project.name()))
                .ifPresent(mark -> marks.put(
                        project.name(),
                        Verifier.digest(mark + " " + project.changedAt() + " " + project.writerVersion()))));
        return marks;
    }
}

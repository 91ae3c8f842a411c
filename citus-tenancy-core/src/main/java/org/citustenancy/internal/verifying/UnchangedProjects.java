package org.citustenancy.internal.verifying;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.registry.LastVerifications;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;

/**
 * The projects that need no look inside: they are suspended, and neither they nor their users nor the servers have
 * changed since a verification found nothing wrong. A look inside would wake them. All projects together need as many
 * statements as one.
 */
public final class UnchangedProjects {

    /** For a cluster of which nothing is known, or whose projects have no daemons. */
    public static final UnchangedProjects NONE = new UnchangedProjects(Map.of(), List.of());

    private final Map<String, String> marks;
    private final List<Verification> verifications;

    private UnchangedProjects(Map<String, String> marks, List<Verification> verifications) {
        this.marks = marks;
        this.verifications = verifications;
    }

    /**
     * Compares projects with the marks of their last verifications.
     *
     * @param maintenance a session in the maintenance database
     */
    public static UnchangedProjects observe(
            Session maintenance, Topology topology, Collection<RegisteredProject> registered) {
        List<RegisteredProject> ready = registered.stream()
                .filter(project -> project.state() == ProjectState.READY)
                .toList();
        if (!topology.citus() || ready.isEmpty()) {
            return NONE;
        }
        // A session that is open may have written what does not count yet, so sessions are observed first.
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        Map<String, String> marks = ProjectMarks.of(maintenance, topology, ready);
        Map<String, LastVerifications.Entry> last = new LastVerifications(maintenance).all();
        List<Verification> unchanged = last.values().stream()
                .filter(entry ->
                        entry.mark().equals(marks.get(entry.verification().project())))
                .map(LastVerifications.Entry::verification)
                .filter(verification -> use.isSuspended(verification.project()))
                .sorted(Comparator.comparing(Verification::project))
                .toList();
        return new UnchangedProjects(marks, unchanged);
    }

    /** Returns the verifications that found nothing wrong, and still hold. */
    public List<Verification> verifications() {
        return verifications;
    }

    /**
     * Saves the verifications that found nothing wrong, of looks inside after the projects were observed here. Removes
     * those of projects that were looked at and have another finding.
     */
    public void save(Session maintenance, Collection<Verification> made) {
        List<LastVerifications.Entry> sound = made.stream()
                .filter(verification -> marks.containsKey(verification.project()))
                .filter(verification ->
                        verification.findings().stream().allMatch(finding -> finding.severity() == Severity.NOTICE))
                .map(verification ->
                        new LastVerifications.Entry(marks.getOrDefault(verification.project(), ""), verification))
                .toList();
        Set<String> saved =
                sound.stream().map(entry -> entry.verification().project()).collect(Collectors.toSet());
        LastVerifications last = new LastVerifications(maintenance);
        last.save(sound);
        last.remove(made.stream()
                .map(Verification::project)
                .filter(project -> !saved.contains(project))
                .toList());
    }
}

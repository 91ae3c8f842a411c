package org.citustenancy.internal.verifying;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.registry.LastVerifications;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;

/**
 * The projects that need no look inside: they are suspended, and neither they nor their users nor the servers have
 * changed since a verification found nothing wrong. A look inside would wake them. All projects together need as many
 * statements as one.
 */
public final class UnchangedProjects {

    private final ProjectMarks marks;
    private final List<Verification> verifications;

    private UnchangedProjects(ProjectMarks marks, List<Verification> verifications) {
        this.marks = marks;
        this.verifications = verifications;
    }

    /**
     * Compares projects with the marks of their last verifications.
     *
     * @param maintenance a session in the maintenance database
     */
    public static UnchangedProjects of(ProjectMarks marks, Session maintenance) {
        List<Verification> unchanged = new LastVerifications(maintenance)
                .all().values().stream()
                        .filter(entry -> marks.ofSuspended(entry.verification().project())
                                .equals(Optional.of(entry.mark())))
                        .map(LastVerifications.Entry::verification)
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
                .filter(verification ->
                        verification.findings().stream().allMatch(finding -> finding.severity() == Severity.NOTICE))
                .flatMap(verification -> marks.of(verification.project()).stream()
                        .map(mark -> new LastVerifications.Entry(mark, verification)))
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

package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryNotice.REGISTRY_NOTICE;
import static org.citustenancy.internal.sql.catalog.RegistryVerification.REGISTRY_VERIFICATION;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.internal.sql.RegistryVerificationStatements;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;

/** The last verifications of projects that found nothing wrong. */
public final class LastVerifications {

    private final Session maintenance;

    /**
     * Creates the access to the last verifications.
     *
     * @param maintenance a session in the maintenance database
     */
    public LastVerifications(Session maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * The last verification of a project.
     *
     * @param mark the mark of the project before it
     * @param verification the findings, all of them notices
     */
    public record Entry(String mark, Verification verification) {}

    /** Returns the last verifications by project, none from a registry of an earlier library. */
    public Map<String, Entry> all() {
        Map<String, Entry> entries = new HashMap<>();
        if (exist()) {
            Map<String, List<Finding>> notices = new HashMap<>();
            maintenance.fetch(RegistryVerificationStatements.notices()).forEach(row -> notices.computeIfAbsent(
                            row.get(REGISTRY_NOTICE.project), first -> new ArrayList<>())
                    .add(new Finding(
                            Severity.NOTICE,
                            row.get(REGISTRY_NOTICE.place),
                            row.get(REGISTRY_NOTICE.what),
                            row.get(REGISTRY_NOTICE.action))));
            maintenance.fetch(RegistryVerificationStatements.marks()).forEach(row -> {
                String project = row.get(REGISTRY_VERIFICATION.project);
                entries.put(
                        project,
                        new Entry(
                                row.get(REGISTRY_VERIFICATION.mark),
                                new Verification(project, notices.getOrDefault(project, List.of()))));
            });
        }
        return entries;
    }

    /** Saves verifications that found nothing wrong, unless the registry is one of an earlier library. */
    public void save(List<Entry> entries) {
        if (!entries.isEmpty() && exist()) {
            // A project that is dropped meanwhile must not lose the verifications of others.
            entries.forEach(entry -> maintenance.executeTogether(RegistryVerificationStatements.save(
                    entry.verification().project(),
                    entry.mark(),
                    entry.verification().findings())));
        }
    }

    /** Removes the verifications of projects of which a later one has found something wrong. */
    public void remove(List<String> projects) {
        if (!projects.isEmpty() && exist()) {
            maintenance.execute(RegistryVerificationStatements.remove(projects));
        }
    }

    private boolean exist() {
        return RegistrySchema.has(maintenance, RegistryStatements.VERSION_OF_VERIFICATIONS);
    }
}

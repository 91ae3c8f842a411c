package org.citustenancy.internal.provisioning;

import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RemovalQueries;
import org.citustenancy.registry.ProjectState;

/** Checks that a name is available for a new project from a backup, clone or template. */
public final class NameAvailability {

    private NameAvailability() {}

    /**
     * Ensures that the name is available: removes the remains of an earlier attempt. Any other project or database
     * makes the name unavailable.
     *
     * @param leftover the state in which an unfinished attempt of the same kind leaves a project
     * @throws ConflictException if there is a project or database of that name
     */
    public static void ensure(Cluster cluster, Session maintenance, String project, ProjectState leftover) {
        ensureNoProject(cluster, project, cluster.registry(maintenance).find(project), leftover, maintenance.place());
        if (!maintenance.fetch(RemovalQueries.database(project)).isEmpty()) {
            throw taken(project, maintenance.place());
        }
    }

    /**
     * Ensures the same without a check of the database, for a caller that has already read the registry.
     *
     * @param entry the registry's entry under that name
     * @param leftover the state in which an unfinished attempt of the same kind leaves a project
     * @throws ConflictException if there is a project of that name
     */
    public static void ensureNoProject(
            Cluster cluster,
            String project,
            Optional<ProjectRegistry.Entry> entry,
            ProjectState leftover,
            Place registry) {
        if (entry.map(known -> known.state() == leftover).orElse(false)) {
            new ProjectRemover(cluster).drop(project, false);
        } else if (entry.isPresent()) {
            throw taken(project, registry);
        }
    }

    /** Returns the exception for a name that is in use. */
    public static ConflictException taken(String project, Place where) {
        return new ConflictException(Failure.of("There is a project or database \"" + project + "\" already")
                .where(where)
                .state("nothing was touched")
                .fix("choose another name, or drop it first"));
    }
}

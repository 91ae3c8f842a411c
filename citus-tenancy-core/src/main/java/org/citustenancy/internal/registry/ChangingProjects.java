package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.registry.ProjectState;

/**
 * Projects that an operation on something else changes, such as a new password or the removal of a worker. They were
 * ready, and are registered as changing meanwhile, so that a killed process leaves no project that is registered as
 * ready.
 */
public final class ChangingProjects {

    private final Map<String, OffsetDateTime> since = new HashMap<>();

    private ChangingProjects() {}

    /** Returns an empty set of projects. */
    public static ChangingProjects none() {
        return new ChangingProjects();
    }

    /**
     * Registers the ready projects as changing.
     *
     * @param projects the projects; those in another state keep it
     * @return those that were ready
     */
    public static ChangingProjects among(Session maintenance, Collection<String> projects) {
        ChangingProjects changing = new ChangingProjects();
        if (!projects.isEmpty()) {
            maintenance
                    .fetch(RegistryStatements.beginChange(
                            projects, ProjectState.READY.word(), ProjectState.CHANGING.word()))
                    .forEach(row ->
                            changing.since.put(row.get(REGISTRY_PROJECT.name), row.get(REGISTRY_PROJECT.changedAt)));
        }
        return changing;
    }

    /**
     * Checks whether a project was ready before.
     *
     * @return false if it was in another state, in which it was left
     */
    public boolean includes(String project) {
        return since.containsKey(project);
    }

    /**
     * Registers a project as ready again, unless another operation has changed it meanwhile, which then records its
     * state.
     */
    public void ready(Session maintenance, String project) {
        OffsetDateTime begun = since.get(project);
        if (begun != null) {
            maintenance.execute(RegistryStatements.endChange(
                    project, ProjectState.CHANGING.word(), begun, ProjectState.READY.word()));
        }
    }

    /** Registers all of them as ready again. */
    public void ready(Session maintenance) {
        since.keySet().forEach(project -> ready(maintenance, project));
    }
}

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
 * Projects that are changed by an operation on something else, such as a new password or a worker that
 * leaves. They were ready, and do not say so meanwhile: who is killed in the middle leaves none that says it is ready.
 */
public final class ChangingProjects {

    private final Map<String, OffsetDateTime> since = new HashMap<>();

    private ChangingProjects() {}

    /** Projects of which none says anything else than before. */
    public static ChangingProjects none() {
        return new ChangingProjects();
    }

    /**
     * Lets those that are ready say that they are being changed.
     *
     * @param projects which; those in another state keep it
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
     * Whether a project was ready before.
     *
     * @return false if it was in another state, in which it was left
     */
    public boolean includes(String project) {
        return since.containsKey(project);
    }

    /**
     * Marks a project as ready again, unless another operation has changed it meanwhile, which then records its state.
     */
    public void ready(Session maintenance, String project) {
        OffsetDateTime begun = since.get(project);
        if (begun != null) {
            maintenance.execute(RegistryStatements.endChange(
                    project, ProjectState.CHANGING.word(), begun, ProjectState.READY.word()));
        }
    }

    /** Lets all of them say again that they are ready. */
    public void ready(Session maintenance) {
        since.keySet().forEach(project -> ready(maintenance, project));
    }
}

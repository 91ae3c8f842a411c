package org.citustenancy;

import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;

/**
 * The outcome of one of several requests.
 *
 * @param name the project's name
 * @param project the project, if it has the desired state
 * @param failure the reason, if it does not have the desired state
 */
public record ProjectOutcome(String name, Optional<Project> project, Optional<CitusTenancyException> failure) {

    static ProjectOutcome ready(Project project) {
        return new ProjectOutcome(project.name(), Optional.of(project), Optional.empty());
    }

    static ProjectOutcome failed(String name, CitusTenancyException failure) {
        return new ProjectOutcome(name, Optional.empty(), Optional.of(failure));
    }

    /** Returns one line: the project, or the reason why it is not ready. */
    @Override
    public String toString() {
        return failure.map(reason -> "Project \"" + name + "\" is not ready: " + reason.getMessage())
                .orElse("Project \"" + name + "\" is ready");
    }

    /**
     * Returns the project, or throws the failure.
     *
     * @return the project
     * @throws CitusTenancyException if the project does not have the desired state
     */
    public Project orThrow() {
        return project.orElseThrow(failure::orElseThrow);
    }
}

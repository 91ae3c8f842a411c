package org.citustenancy.test.internal.pool;

import org.citustenancy.Project;

/**
 * A copy of the template.
 *
 * @param project the project that it is
 */
public record Copy(Project project) {

    /** The database's name. */
    public String name() {
        return project.name();
    }
}

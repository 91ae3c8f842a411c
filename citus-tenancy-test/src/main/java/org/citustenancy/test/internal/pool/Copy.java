package org.citustenancy.test.internal.pool;

import org.citustenancy.Project;

/**
 * A copy of the template.
 *
 * @param project the project of the copy
 */
public record Copy(Project project) {

    /** Returns the database's name. */
    public String name() {
        return project.name();
    }
}

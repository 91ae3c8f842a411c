package org.citustenancy.examples.demo;

import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;

/**
 * An existing project of the guide.
 *
 * @param guide its definition in the guide
 * @param project the project in the library
 */
record DemoProject(GuideProject guide, Project project) {

    String name() {
        return project.name();
    }

    /** Returns the connection of one of its users. */
    ConnectionInfo connection(GuideUser user) {
        return project.connection(user.name());
    }

    /** Returns the connection of its owner. */
    ConnectionInfo connection() {
        return project.connection(guide.owner());
    }
}

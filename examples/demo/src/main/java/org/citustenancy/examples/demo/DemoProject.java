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

    /** How one of its users reaches it. */
    ConnectionInfo connection(GuideUser user) {
        return project.connection(user.name());
    }

    /** How its owner reaches it. */
    ConnectionInfo connection() {
        return project.connection(guide.owner());
    }
}

package org.citustenancy.examples.demo;

import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;

/**
 * A project of the guide that is there.
 *
 * @param guide what it is to be
 * @param project what the library says it is
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

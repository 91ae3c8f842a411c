package org.citustenancy.examples.demo;

import org.citustenancy.ProjectRequest;
import org.citustenancy.users.Secret;

/**
 * A user of the guide.
 *
 * @param project the project's name
 * @param name the user's name
 * @param level the privileges of the user in the guide
 */
record GuideUser(String project, String name, Level level) {

    /** The guide's privilege levels. */
    enum Level {
        /** All privileges in the project. */
        OWNER,
        /** The guide's "Usuario solo lectura". */
        READS_ALL,
        /** The guide's "Usuario solo para una tabla". */
        READS_USERS_AND_ORDERS
    }

    ProjectRequest in(ProjectRequest request, Secret password) {
        return switch (level) {
            case OWNER -> request.withUser(name, password);
            case READS_ALL -> request.withReadOnlyUser(name, password);
            case READS_USERS_AND_ORDERS -> request.withTableUser(name, password, "users", "orders");
        };
    }

    /** The owner's file is named after the project alone. */
    String fileName() {
        return level == Level.OWNER ? project + ".env" : project + "." + name + ".env";
    }
}

package org.citustenancy.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the health of a project or a node means to the application.
 *
 * @param downWith with whom the application is down: with none of them, with the primary project, or with any
 */
public record HealthProperties(@DefaultValue("none") Decisive downWith) {

    /** Whose being down makes the application be down. */
    public enum Decisive {
        /** None: a project that is down is down alone. */
        NONE,
        /** The primary project's. */
        PRIMARY,
        /** That of any project or node. */
        ANY
    }
}

package org.citustenancy.spring.properties;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The effect of a project's or node's health on the application.
 *
 * @param downWith the projects or nodes whose failure sets the application down: none, the primary project, or any
 */
public record HealthProperties(@DefaultValue("none") Decisive downWith) {

    /** The projects or nodes whose failure sets the application down. */
    public enum Decisive {
        /** None: only the health of the failed project is down. */
        NONE,
        /** The primary project. */
        PRIMARY,
        /** Any project or node. */
        ANY
    }
}

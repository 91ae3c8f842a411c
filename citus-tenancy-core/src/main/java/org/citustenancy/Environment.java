package org.citustenancy;

import java.util.Locale;

/** The environment of an application. */
public enum Environment {
    /** The environment of the application's users. */
    PRODUCTION,
    /** The environment for testing a release before users get it. */
    STAGING,
    /** The environment of the application's developers. */
    DEVELOPMENT;

    /**
     * Returns the last part of a project's name.
     *
     * @return for example {@code production}
     */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.citustenancy;

import java.util.Locale;

/** Where an application runs. */
public enum Environment {
    /** For its users. */
    PRODUCTION,
    /** For trying a release before its users get it. */
    STAGING,
    /** For those who write it. */
    DEVELOPMENT;

    /**
     * The word at the end of a project's name.
     *
     * @return for example {@code production}
     */
    public String suffix() {
        return name().toLowerCase(Locale.ROOT);
    }
}

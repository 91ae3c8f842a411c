package org.citustenancy.spring.properties;

/** The handling of the projects when the application starts. */
public enum StartMode {
    /** Reconciles the projects with the configuration; changes nothing if they are in their desired state. */
    CREATE,
    /** Requires the projects to exist in their desired state; changes nothing. */
    VALIDATE,
    /** Does not query the cluster. */
    NONE
}

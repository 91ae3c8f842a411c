package org.citustenancy.spring.properties;

/** What happens to the projects when the application starts. */
public enum StartMode {
    /** They are made what the configuration says; nothing is changed if they are so already. */
    CREATE,
    /** They must exist in their desired state; nothing is changed. */
    VALIDATE,
    /** The cluster is not asked. */
    NONE
}

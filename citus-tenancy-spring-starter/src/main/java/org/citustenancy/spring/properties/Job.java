package org.citustenancy.spring.properties;

/** Work after which the application ends. */
public enum Job {
    /** Creates or validates the projects, as the start mode defines, and runs their migrations. */
    MIGRATE
}

package org.citustenancy.spring.internal.flyway;

import org.citustenancy.spring.internal.beans.BeanPerProject;
import org.flywaydb.core.Flyway;
import org.springframework.core.env.Environment;

/** Registers a Flyway for each project, so that Spring Boot creates none for all. */
public final class FlywayBeanRegistrar extends BeanPerProject {

    /** The bean whose factory method creates these beans. */
    public static final String FACTORY = "citusTenancyProjectFlyways";

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     */
    public FlywayBeanRegistrar(Environment environment) {
        super(environment, Flyway.class, FACTORY, "flyway", "Flyway");
    }
}

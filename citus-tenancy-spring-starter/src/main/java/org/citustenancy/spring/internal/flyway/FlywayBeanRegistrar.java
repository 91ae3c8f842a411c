package org.citustenancy.spring.internal.flyway;

import org.citustenancy.spring.internal.beans.BeanPerProject;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.flywaydb.core.Flyway;
import org.springframework.core.env.Environment;

/** Registers a Flyway for each project, so that Spring Boot creates none for a project. */
public final class FlywayBeanRegistrar extends BeanPerProject {

    /** The bean whose factory method creates these beans. */
    public static final String FACTORY = "citusTenancyProjectFlyways";

    private static final String SUFFIX = "Flyway";

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     */
    public FlywayBeanRegistrar(Environment environment) {
        super(environment, Flyway.class, FACTORY, "flyway", SUFFIX);
    }

    /** Returns the name of the Flyway of a project. */
    static String name(ProjectDefinition project) {
        return project.key() + SUFFIX;
    }
}

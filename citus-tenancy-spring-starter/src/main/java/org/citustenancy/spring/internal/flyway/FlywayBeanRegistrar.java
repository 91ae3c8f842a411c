package org.citustenancy.spring.internal.flyway;

import org.citustenancy.spring.internal.beans.BeanPerProject;
import org.flywaydb.core.Flyway;
import org.springframework.core.env.Environment;

/** Registers a Flyway for each project, so that Spring Boot makes none for all. */
public final class FlywayBeanRegistrar extends BeanPerProject {

    /** The bean whose method makes these. */
    public static final String FACTORY = "citusTenancyProjectFlyways";

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     */
    public FlywayBeanRegistrar(Environment environment) {
        super(environment, Flyway.class, FACTORY, "flyway", "Flyway");
    }
}

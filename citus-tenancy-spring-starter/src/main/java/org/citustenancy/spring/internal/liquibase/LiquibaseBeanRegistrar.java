package org.citustenancy.spring.internal.liquibase;

import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.spring.internal.beans.BeanPerProject;
import org.springframework.core.env.Environment;

/** Registers a Liquibase for each project, so that Spring Boot creates none for a project. */
public final class LiquibaseBeanRegistrar extends BeanPerProject {

    /** The bean whose factory method creates these beans. */
    public static final String FACTORY = "citusTenancyProjectLiquibases";

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     */
    public LiquibaseBeanRegistrar(Environment environment) {
        super(environment, SpringLiquibase.class, FACTORY, "liquibase", "Liquibase");
    }
}

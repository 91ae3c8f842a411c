package org.citustenancy.spring.internal.liquibase;

import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.spring.internal.beans.BeanPerProject;
import org.springframework.core.env.Environment;

/** Registers a Liquibase for each project, so that Spring Boot makes none for all. */
public final class LiquibaseBeanRegistrar extends BeanPerProject {

    /** The bean whose method makes these. */
    public static final String FACTORY = "citusTenancyProjectLiquibases";

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     */
    public LiquibaseBeanRegistrar(Environment environment) {
        super(environment, SpringLiquibase.class, FACTORY, "liquibase", "Liquibase");
    }
}

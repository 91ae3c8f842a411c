package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.hibernate.autoconfigure.HibernateProperties;
import org.springframework.core.env.Environment;

/**
 * Sets the default of {@code spring.jpa.hibernate.ddl-auto} if the default data source is that of a project or of the
 * scope. Spring Boot would open a connection to find out whether the database is an embedded one.
 */
final class SchemaDefault implements BeanPostProcessor {

    private final BeanFactory beans;
    private final Environment environment;

    /**
     * Creates the processor.
     *
     * @param beans contains the data sources
     * @param environment contains the names of the projects
     */
    SchemaDefault(BeanFactory beans, Environment environment) {
        this.beans = beans;
        this.environment = environment;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HibernateProperties hibernate
                && hibernate.getDdlAuto() == null
                && ProjectBeanRegistrar.areInjectedWithoutName(beans, ProjectKeys.of(environment))) {
            hibernate.setDdlAuto("none");
        }
        return bean;
    }
}

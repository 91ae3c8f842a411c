package org.citustenancy.spring.autoconfigure;

import jakarta.persistence.EntityManagerFactory;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.factories.FactoryBeanRegistrar;
import org.citustenancy.spring.internal.factories.ProjectFactories;
import org.citustenancy.spring.internal.jpa.CurrentProjectFactories;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Configures JPA: each factory on the data source of the current project works for all projects, and a project with
 * entities of its own has a factory of its own.
 */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class, before = HibernateJpaAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({EntityManagerFactory.class, LocalContainerEntityManagerFactoryBean.class})
public class ProjectJpaAutoConfiguration {

    /** Receives the factories before they start. */
    @Bean
    static CurrentProjectFactories citusTenancyCurrentProjectFactories() {
        return new CurrentProjectFactories();
    }

    /** Applies if Spring Boot configures Hibernate. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HibernateJpaAutoConfiguration.class, EntityManagerFactoryBuilder.class})
    @Import(FactoryBeanRegistrar.class)
    static class WithHibernate {

        /** Receives Spring Boot's properties of Hibernate. */
        @Bean
        static SchemaDefault citusTenancySchemaDefault(BeanFactory beans, Environment environment) {
            return new SchemaDefault(beans, environment);
        }

        @Bean(FactoryBeanRegistrar.FACTORY)
        ProjectFactories citusTenancyProjectFactories(BeanFactory beans, Definitions definitions) {
            return new ProjectFactories(beans, definitions);
        }
    }
}

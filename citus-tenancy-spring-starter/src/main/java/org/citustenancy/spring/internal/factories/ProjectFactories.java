package org.citustenancy.spring.internal.factories;

import javax.sql.DataSource;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.hibernate.ProjectsAsTenants;
import org.citustenancy.spring.properties.ProjectJpaProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;

/** Creates the factory of a project with entities of its own, with Spring Boot's settings and those of the project. */
public final class ProjectFactories {

    private static final boolean HIBERNATE = ClassUtils.isPresent(
            "org.hibernate.jpa.HibernatePersistenceProvider", ProjectFactories.class.getClassLoader());

    private final BeanFactory beans;
    private final Definitions definitions;

    /**
     * Creates no factory yet.
     *
     * @param beans contains the data sources and Spring Boot's builder
     */
    public ProjectFactories(BeanFactory beans, Definitions definitions) {
        this.beans = beans;
        this.definitions = definitions;
    }

    /**
     * Creates the factory of a project, which opens no connection when it starts, unless it validates the schema.
     *
     * @param key the project's key
     * @param dataSource the name of its data source
     */
    public LocalContainerEntityManagerFactoryBean factory(String key, String dataSource) {
        ProjectJpaProperties properties = definitions.project(key).properties().jpa();
        LocalContainerEntityManagerFactoryBean factory = beans.getBean(EntityManagerFactoryBuilder.class)
                .dataSource(beans.getBean(dataSource, DataSource.class))
                .packages(properties.packages().toArray(String[]::new))
                .persistenceUnit(key)
                .properties(properties.properties())
                .build();
        JpaVendorAdapter vendor = factory.getJpaVendorAdapter();
        if (HIBERNATE && vendor != null && ProjectsAsTenants.areOf(vendor.getPersistenceProvider())) {
            ProjectsAsTenants.startWithoutConnection(factory.getJpaPropertyMap(), vendor.getJpaPropertyMap());
        }
        return factory;
    }
}

package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.spi.PersistenceProvider;
import java.util.Map;
import org.citustenancy.hikari.ProjectScopes;
import org.citustenancy.spring.internal.hibernate.ProjectsAsTenants;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.orm.jpa.JpaVendorAdapter;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.util.ClassUtils;

/**
 * Lets each {@code EntityManagerFactory} on the data source of the current project work for all projects: an
 * {@code EntityManager} belongs to the scope in which it was created, and Hibernate knows the projects as tenants.
 */
public final class CurrentProjectFactories implements BeanPostProcessor {

    private static final boolean HIBERNATE = ClassUtils.isPresent(
            "org.hibernate.jpa.HibernatePersistenceProvider", CurrentProjectFactories.class.getClassLoader());

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof LocalContainerEntityManagerFactoryBean factory
                && factory.getDataSource() instanceof CurrentProjectDataSource current) {
            prepare(factory, current.scopes());
        }
        return bean;
    }

    private static void prepare(LocalContainerEntityManagerFactoryBean factory, ProjectScopes scopes) {
        JpaVendorAdapter vendor = factory.getJpaVendorAdapter();
        PersistenceProvider provider = provider(factory, vendor);
        if (provider == null) {
            // The class of the provider is in a persistence.xml.
            return;
        }
        if (HIBERNATE && ProjectsAsTenants.areOf(provider)) {
            ProjectsAsTenants.configure(
                    factory.getJpaPropertyMap(),
                    vendor == null ? Map.of() : vendor.getJpaPropertyMap(),
                    scopes,
                    factory::getNativeEntityManagerFactory);
        }
        Class<? extends EntityManager> entities =
                vendor == null ? EntityManager.class : vendor.getEntityManagerInterface();
        factory.setPersistenceProvider(new ScopedProvider(provider, scopes, entities));
    }

    private static @Nullable PersistenceProvider provider(
            LocalContainerEntityManagerFactoryBean factory, @Nullable JpaVendorAdapter vendor) {
        PersistenceProvider own = factory.getPersistenceProvider();
        return own != null || vendor == null ? own : vendor.getPersistenceProvider();
    }
}

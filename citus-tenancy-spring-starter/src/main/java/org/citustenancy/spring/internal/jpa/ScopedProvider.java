package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceConfiguration;
import jakarta.persistence.spi.PersistenceProvider;
import jakarta.persistence.spi.PersistenceUnitInfo;
import jakarta.persistence.spi.ProviderUtil;
import java.util.Map;
import org.citustenancy.hikari.ProjectScopes;
import org.jspecify.annotations.Nullable;

/** A provider whose factories create scoped objects only. */
final class ScopedProvider implements PersistenceProvider {

    private final PersistenceProvider provider;
    private final ProjectScopes scopes;
    private final Class<? extends EntityManager> entities;

    ScopedProvider(PersistenceProvider provider, ProjectScopes scopes, Class<? extends EntityManager> entities) {
        this.provider = provider;
        this.scopes = scopes;
        this.entities = entities;
    }

    @Override
    public EntityManagerFactory createContainerEntityManagerFactory(
            PersistenceUnitInfo unit, @Nullable Map<?, ?> properties) {
        return ScopedFactory.of(provider.createContainerEntityManagerFactory(unit, properties), scopes, entities);
    }

    @Override
    public @Nullable EntityManagerFactory createEntityManagerFactory(String unit, @Nullable Map<?, ?> properties) {
        EntityManagerFactory created = provider.createEntityManagerFactory(unit, properties);
        return created == null ? null : ScopedFactory.of(created, scopes, entities);
    }

    @Override
    public EntityManagerFactory createEntityManagerFactory(PersistenceConfiguration configuration) {
        return ScopedFactory.of(provider.createEntityManagerFactory(configuration), scopes, entities);
    }

    @Override
    public void generateSchema(PersistenceUnitInfo unit, @Nullable Map<?, ?> properties) {
        provider.generateSchema(unit, properties);
    }

    @Override
    public boolean generateSchema(String unit, @Nullable Map<?, ?> properties) {
        return provider.generateSchema(unit, properties);
    }

    @Override
    public ProviderUtil getProviderUtil() {
        return provider.getProviderUtil();
    }
}

package org.citustenancy.spring.internal.hibernate;

import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.spi.PersistenceProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.citustenancy.hikari.ProjectScopes;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.cfg.MultiTenancySettings;
import org.hibernate.jpa.HibernatePersistenceProvider;

/** Configures a factory of Hibernate so that it works for all projects and needs none to start. */
public final class ProjectsAsTenants {

    /** Newer versions of Hibernate need no such setting and have no constant for it. */
    private static final String USE_SCROLLABLE_RESULTS = "hibernate.jdbc.use_scrollable_resultset";

    private ProjectsAsTenants() {}

    /** Returns whether a provider is Hibernate. */
    public static boolean areOf(PersistenceProvider provider) {
        return provider instanceof HibernatePersistenceProvider;
    }

    /**
     * Configures a factory that does not exist yet. If the application has configured tenants itself, nothing changes.
     *
     * @param properties the properties of the factory, which change
     * @param defaults the properties that the factory has in addition
     * @param scopes the scopes of threads
     * @param factory supplies the factory when it exists
     * @throws org.citustenancy.spring.errors.InvalidPropertiesException if the factory would change schemas
     */
    public static void configure(
            Map<String, Object> properties,
            Map<String, ?> defaults,
            ProjectScopes scopes,
            Supplier<EntityManagerFactory> factory) {
        if (properties.containsKey(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER)
                || properties.containsKey(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER)) {
            return;
        }
        ProjectSchemas schemas = ProjectSchemas.takenFrom(properties, defaults);
        ProjectTenants tenants = new ProjectTenants(scopes, scope -> schemas.check(scope, factory));
        properties.put(MultiTenancySettings.MULTI_TENANT_IDENTIFIER_RESOLVER, tenants);
        properties.put(MultiTenancySettings.MULTI_TENANT_CONNECTION_PROVIDER, new ProjectConnections(scopes, tenants));
        startWithoutConnection(properties, defaults);
    }

    /**
     * Sets what Hibernate would ask a connection for, so that a factory starts without one.
     *
     * @param properties the properties of the factory, which change
     * @param defaults the properties that the factory has in addition
     */
    public static void startWithoutConnection(Map<String, Object> properties, Map<String, ?> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(properties);
        if (!all.containsKey(JdbcSettings.DIALECT)) {
            properties.putIfAbsent(JdbcSettings.JAKARTA_HBM2DDL_DB_NAME, "PostgreSQL");
        }
        properties.putIfAbsent(JdbcSettings.ALLOW_METADATA_ON_BOOT, false);
        properties.putIfAbsent(JdbcSettings.USE_GET_GENERATED_KEYS, true);
        properties.putIfAbsent(USE_SCROLLABLE_RESULTS, true);
    }
}

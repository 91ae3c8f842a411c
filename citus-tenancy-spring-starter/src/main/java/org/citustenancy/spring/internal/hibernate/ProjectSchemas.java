package org.citustenancy.spring.internal.hibernate;

import jakarta.persistence.EntityManagerFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.errors.SchemaMismatchException;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.SchemaToolingSettings;
import org.hibernate.tool.schema.spi.SchemaManagementException;

/**
 * What Hibernate does with the schemas of all projects: nothing, or a validation before the first session of each
 * project. It knows no project when it starts.
 */
final class ProjectSchemas {

    private static final Map<String, String> PROPERTIES = Map.of(
            SchemaToolingSettings.HBM2DDL_AUTO,
            "spring.jpa.hibernate.ddl-auto",
            SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION,
            "spring.jpa.properties." + SchemaToolingSettings.JAKARTA_HBM2DDL_DATABASE_ACTION);

    private final boolean validates;

    private ProjectSchemas(boolean validates) {
        this.validates = validates;
    }

    /**
     * Takes the actions from the properties of a factory, so that the factory itself begins none.
     *
     * @param properties the properties of the factory, which change
     * @param defaults the properties that the factory has in addition
     * @throws InvalidPropertiesException if one of them changes schemas
     */
    static ProjectSchemas takenFrom(Map<String, Object> properties, Map<String, ?> defaults) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(properties);
        boolean validates = false;
        for (Map.Entry<String, String> property : PROPERTIES.entrySet()) {
            String action = String.valueOf(all.getOrDefault(property.getKey(), "none"))
                    .trim()
                    .toLowerCase(Locale.ROOT);
            switch (action) {
                case "", "none" -> {}
                case "validate" -> validates = true;
                default ->
                    throw new InvalidPropertiesException(List.of(new InvalidProperty(
                            property.getValue(),
                            "is \"" + action + "\" (or spring.jpa.generate-ddl is true), but the factory works for all "
                                    + "projects, of which it knows none when it starts",
                            "change schemas with migrations (Flyway or Liquibase), and set none or validate")));
            }
            properties.put(property.getKey(), "none");
        }
        return new ProjectSchemas(validates);
    }

    /**
     * Validates the schema of a project in its scope, if the properties say so.
     *
     * @param factory supplies the factory
     * @throws SchemaMismatchException if the schema is not that of the entities
     */
    void check(ProjectScope scope, Supplier<EntityManagerFactory> factory) {
        if (!validates) {
            return;
        }
        try {
            factory.get().unwrap(SessionFactory.class).getSchemaManager().validateMappedObjects();
        } catch (SchemaManagementException mismatch) {
            throw new SchemaMismatchException(
                    Failure.of("The schema of the project \"" + scope.project() + "\" does not match the entities: "
                                    + mismatch.getMessage())
                            .state("no session of this project was opened; the others work")
                            .fix("migrate the project, or correct the entity; the next session validates again"),
                    mismatch);
        }
    }
}

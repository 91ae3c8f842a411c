package org.citustenancy.spring.internal.flyway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.Location;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Rejects a Flyway of the application's own data source that would run the migrations of projects there: Flyway reads
 * directories below its locations, and Spring Boot's default location contains those of the projects.
 */
public final class OwnFlywayLocations implements BeanPostProcessor {

    private final BeanFactory beans;

    /**
     * Creates a check.
     *
     * @param beans contains the projects, which must not be created before other beans may be checked
     */
    public OwnFlywayLocations(BeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof Flyway flyway
                && !(flyway.getConfiguration().getDataSource() instanceof CurrentProjectDataSource)) {
            List<ProjectDefinition> projects = beans.getBean(Definitions.class).projects();
            if (projects.stream().map(FlywayBeanRegistrar::name).noneMatch(name::equals)) {
                requireNoMigrationsOfProjects(flyway, projects);
            }
        }
        return bean;
    }

    private void requireNoMigrationsOfProjects(Flyway flyway, List<ProjectDefinition> projects) {
        List<String> locations =
                beans.getBean(CitusTenancyProperties.class).flyway().locations();
        List<String> own = Arrays.stream(flyway.getConfiguration().getLocations())
                .map(Location::getDescriptor)
                .toList();
        Optional<String> shared = projects.stream()
                .flatMap(project -> ProjectFlyways.locations(locations, project.key()).stream())
                .filter(location -> own.stream().anyMatch(above -> contains(above, location)))
                .filter(OwnFlywayLocations::hasFiles)
                .findFirst();
        if (shared.isPresent()) {
            throw new InvalidPropertiesException(List.of(new InvalidProperty(
                    "spring.flyway.locations",
                    "is " + String.join(", ", own) + ", which contains " + shared.get()
                            + ": the migrations of projects would run in the application's own data source",
                    "name a location that contains no migrations of projects, for example classpath:db/control, or set "
                            + "spring.flyway.enabled=false if the data source has no migrations")));
        }
    }

    private static boolean contains(String above, String location) {
        String below = location.endsWith("/") ? location : location + "/";
        return below.startsWith(above.endsWith("/") ? above : above + "/");
    }

    private static boolean hasFiles(String location) {
        String pattern = location.startsWith("filesystem:")
                ? location.replaceFirst("filesystem:", "file:")
                : location.replaceFirst("^(classpath:)?/?", "classpath*:");
        try {
            return new PathMatchingResourcePatternResolver().getResources(pattern + "/**/*.*").length > 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The migrations in " + location + " cannot be found", unreadable);
        }
    }
}

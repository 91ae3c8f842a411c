package org.citustenancy.spring.internal.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * The keys of the projects, for code that runs before beans exist. No value is read, because an application that is
 * processed ahead of time has no passwords in its environment.
 *
 * @param keys the projects' keys
 * @param primary the named primary project, or the only project; empty if there is none, or an unknown one
 * @param primaryIsNamed whether a property names the primary project
 */
public record ProjectKeys(Set<String> keys, Optional<String> primary, boolean primaryIsNamed) {

    /**
     * Reads the keys.
     *
     * @param environment contains the names of the projects
     */
    public static ProjectKeys of(Environment environment) {
        Set<String> keys = bound(environment, "projects").keySet();
        String named = Binder.get(environment)
                .bind(CitusTenancyProperties.PREFIX + ".primary", String.class)
                .orElse(null);
        return new ProjectKeys(keys, DefinitionReader.primary(keys, named), named != null);
    }

    /**
     * Returns the projects that have entities of their own.
     *
     * @param environment contains the packages of their entities
     */
    public Set<String> withEntities(Environment environment) {
        return bound(environment, "projects").entrySet().stream()
                .filter(project -> hasPackages(project.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A key may contain characters that a name of {@link Binder} may not, so the properties of all projects are bound. */
    private static boolean hasPackages(Object project) {
        return project instanceof Map<?, ?> properties
                && properties.get("jpa") instanceof Map<?, ?> jpa
                && jpa.keySet().stream().anyMatch(name -> String.valueOf(name).startsWith("packages"));
    }

    /**
     * Returns whether a cluster or projects are configured.
     *
     * @param environment the environment with the properties
     * @return true if it has any of these properties
     */
    public static boolean areConfigured(Environment environment) {
        // The prefix alone is not sufficient: properties of other libraries may begin with the same letters.
        return isSaid(environment, "projects") || isSaid(environment, "cluster");
    }

    /**
     * Most sources can answer this by their names alone. Binding all projects would be repeated for each configuration.
     */
    private static boolean isSaid(Environment environment, String part) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(CitusTenancyProperties.PREFIX + "." + part);
        boolean unknown = false;
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationPropertyState state = source.containsDescendantOf(name);
            if (state == ConfigurationPropertyState.PRESENT) {
                return true;
            }
            unknown |= state == ConfigurationPropertyState.UNKNOWN;
        }
        return unknown && !bound(environment, part).isEmpty();
    }

    private static Map<String, Object> bound(Environment environment, String part) {
        return new Binder(ConfigurationPropertySources.get(environment), PlaceholdersResolver.NONE)
                .bind(CitusTenancyProperties.PREFIX + "." + part, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of);
    }
}

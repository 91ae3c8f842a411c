package org.citustenancy.spring.internal.definition;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/**
 * Which projects there are, for those who must know before there are beans. No value is looked at: an application that is
 * processed ahead of time has no passwords in its environment then.
 *
 * @param keys the projects' keys
 * @param primary the project of what is injected without a name; absent if none is, or an unknown one
 */
public record ProjectKeys(Set<String> keys, Optional<String> primary) {

    /**
     * Reads the keys.
     *
     * @param environment where the projects are named
     * @return the keys
     */
    public static ProjectKeys of(Environment environment) {
        Set<String> keys = bound(environment, "projects").keySet();
        String named = Binder.get(environment)
                .bind(CitusTenancyProperties.PREFIX + ".primary", String.class)
                .orElse(null);
        return new ProjectKeys(keys, DefinitionReader.primary(keys, named));
    }

    /**
     * Whether anything is said of a cluster or of projects.
     *
     * @param environment where it would be
     * @return whether it is
     */
    public static boolean areConfigured(Environment environment) {
        // Not the prefix itself: properties of other things may begin with the same letters.
        return !bound(environment, "projects").isEmpty()
                || !bound(environment, "cluster").isEmpty();
    }

    private static Map<String, Object> bound(Environment environment, String part) {
        return new Binder(ConfigurationPropertySources.get(environment), PlaceholdersResolver.NONE)
                .bind(CitusTenancyProperties.PREFIX + "." + part, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of);
    }
}

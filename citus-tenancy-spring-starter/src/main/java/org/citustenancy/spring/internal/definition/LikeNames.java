package org.citustenancy.spring.internal.definition;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Rejects keys that differ only in underscores, dashes and case. Spring Boot binds both, each with the values of the
 * other: {@code data_warehouse} in a file and {@code DATAWAREHOUSE} in the environment would be two projects.
 */
final class LikeNames {

    private final Problems problems;

    LikeNames(Problems problems) {
        this.problems = problems;
    }

    /** Returns whether there are such keys. */
    boolean refuse(CitusTenancyProperties properties) {
        boolean found = refuse(Problems.name("projects"), properties.projects().keySet());
        for (var project : properties.projects().entrySet()) {
            found |= refuse(
                    Problems.name("projects", project.getKey(), "users"),
                    project.getValue().users().keySet());
        }
        return found;
    }

    private boolean refuse(String where, Set<String> keys) {
        boolean found = false;
        Map<String, String> known = new HashMap<>();
        // In this order the key of the environment, which has no underscores, comes last.
        for (String key : new TreeSet<>(keys)) {
            ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
            String other = known.putIfAbsent(name.getLastElement(Form.UNIFORM), key);
            if (other != null) {
                found = true;
                problems.add(
                        where + "." + key,
                        "is the same name as " + where + "." + other + " to Spring Boot, which mixes up their values",
                        "if an environment variable says it, let that begin with " + variable(where + "." + other)
                                + "_; otherwise name one of them differently");
            }
        }
        return found;
    }

    /** Returns the environment variable that Spring Boot reads for a property and does not interpret as another key. */
    static String variable(String property) {
        return property.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

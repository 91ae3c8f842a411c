package org.citustenancy.spring.internal.definition;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.properties.CitusTenancyProperties;

/** Collects everything that is wrong with the properties, so that it can be told at once. */
final class Problems {

    private final List<InvalidProperty> found = new ArrayList<>();

    void add(String property, String reason, String action) {
        found.add(new InvalidProperty(property, reason, action));
    }

    void orThrow() {
        if (!found.isEmpty()) {
            throw new InvalidPropertiesException(found);
        }
    }

    /** The full name of a property, of its parts. */
    static String name(String... parts) {
        return CitusTenancyProperties.PREFIX + "." + String.join(".", parts);
    }
}

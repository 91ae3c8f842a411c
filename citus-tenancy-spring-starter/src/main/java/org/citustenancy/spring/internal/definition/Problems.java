package org.citustenancy.spring.internal.definition;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/** Collects all problems of the properties for one message. */
final class Problems {

    private final List<InvalidProperty> found;
    private final Set<ConfigurationPropertyName> unreadable;

    /** Starts with problems of properties that the binding skipped. */
    Problems(Map<ConfigurationPropertyName, InvalidProperty> unreadable) {
        this.found = new ArrayList<>(unreadable.values());
        this.unreadable = Set.copyOf(unreadable.keySet());
    }

    /** Adds a problem, unless an unreadable value may be its only cause. */
    void add(String property, String reason, String action) {
        if (Arrays.stream(property.split(", ")).noneMatch(this::lacksAValue)) {
            found.add(new InvalidProperty(property, reason, action));
        }
    }

    /**
     * Adds a problem if a duration leaves no time.
     *
     * @param property its name after the prefix
     * @return whether the duration is positive
     */
    boolean requirePositive(String property, Duration time) {
        boolean positive = !time.isNegative() && !time.isZero();
        if (!positive) {
            add(name(property), "is " + time + ", which leaves no time", "give a positive duration");
        }
        return positive;
    }

    private boolean lacksAValue(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        return unreadable.stream().anyMatch(lost -> name.equals(lost) || name.isAncestorOf(lost));
    }

    void orThrow() {
        if (!found.isEmpty()) {
            throw new InvalidPropertiesException(found);
        }
    }

    /** Returns the full name of a property from its parts. */
    static String name(String... parts) {
        return CitusTenancyProperties.PREFIX + "." + String.join(".", parts);
    }
}

package org.citustenancy.spring.internal.binding;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.Origin;

/**
 * A property as written in its source, including underscores, and its location. Spring Boot's own text of a name omits
 * underscores.
 *
 * @param name the property
 * @param origin its location; absent if it is unknown
 */
public record WrittenName(
        ConfigurationPropertyName name, @Nullable Origin origin) {

    /**
     * Returns the property that could not be bound.
     *
     * @param failure Spring Boot's exception
     */
    public static WrittenName of(BindException failure) {
        return of(failure.getName(), failure.getProperty());
    }

    static WrittenName of(ConfigurationPropertyName name, @Nullable ConfigurationProperty property) {
        return property == null
                ? new WrittenName(name, null)
                : new WrittenName(property.getName(), property.getOrigin());
    }

    /** Returns the name alone. */
    String text() {
        return IntStream.range(0, name.getNumberOfElements())
                .mapToObj(element -> name.getElement(element, Form.ORIGINAL))
                .collect(Collectors.joining("."));
    }

    /** Returns the location followed by a space, or an empty string. */
    String place() {
        return origin == null ? "" : "(" + origin + ") ";
    }

    /** Returns the name and the location. */
    @Override
    public String toString() {
        return (text() + " " + place()).strip();
    }
}

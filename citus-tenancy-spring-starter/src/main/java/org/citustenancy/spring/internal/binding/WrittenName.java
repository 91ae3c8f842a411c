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
 * A property as it is written, underscores and all, and where that is. Spring Boot's own text of a name leaves them out.
 *
 * @param name the property
 * @param origin where it is written; absent if that is not known
 */
public record WrittenName(
        ConfigurationPropertyName name, @Nullable Origin origin) {

    /**
     * The property that could not be bound.
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

    /** The name alone. */
    String text() {
        return IntStream.range(0, name.getNumberOfElements())
                .mapToObj(element -> name.getElement(element, Form.ORIGINAL))
                .collect(Collectors.joining("."));
    }

    /** Where it is written, with a space behind it, or nothing. */
    String place() {
        return origin == null ? "" : "(" + origin + ") ";
    }

    /** The name, and where it is written. */
    @Override
    public String toString() {
        return (text() + " " + place()).strip();
    }
}

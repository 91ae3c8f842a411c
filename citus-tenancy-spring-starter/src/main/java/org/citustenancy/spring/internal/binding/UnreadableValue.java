package org.citustenancy.spring.internal.binding;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;

/**
 * A value that does not match its property's type.
 *
 * @param name the property
 * @param target the expected type
 * @param property the location of the property; absent if it is unknown
 * @param error the reason
 */
record UnreadableValue(
        ConfigurationPropertyName name,
        Bindable<?> target,
        @Nullable ConfigurationProperty property,
        Exception error) {

    InvalidProperty problem() {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof CitusTenancyException refused) {
                return problem(
                        "is refused: " + refused.failure().what(),
                        refused.failure().fix());
            }
        }
        Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target.getType().resolve(Object.class));
        if (type.isEnum()) {
            return problem("is " + value() + ", which is none of " + values(type), "take one of these");
        }
        if (Number.class.isAssignableFrom(type)) {
            return problem("is " + value() + ", which is no whole number", "write a number");
        }
        if (type == Boolean.class) {
            return problem("is " + value() + ", which is neither true nor false", "write true or false");
        }
        if (type == Duration.class) {
            return problem("is " + value() + ", which is no duration", "write a number and its unit, as in 30s or 5m");
        }
        // The value may contain a password, as the value of a whole group does.
        return problem("is written in a form that it cannot have", "write it as the table of properties shows");
    }

    private InvalidProperty problem(String reason, String action) {
        WrittenName written = WrittenName.of(name, property);
        return new InvalidProperty(written.text(), written.place() + reason, action);
    }

    private static String values(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> ((Enum<?>) value).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private String value() {
        return property == null ? "something else" : "\"" + property.getValue() + "\"";
    }
}

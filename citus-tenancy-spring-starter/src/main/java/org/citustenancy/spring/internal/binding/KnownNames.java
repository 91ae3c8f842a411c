package org.citustenancy.spring.internal.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The valid names of properties, for suggestions. */
final class KnownNames {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(CitusTenancyProperties.PREFIX);

    /** Returns whether there is a property of this name. */
    static boolean contain(ConfigurationPropertyName name) {
        if (!PREFIX.isAncestorOf(name)) {
            return false;
        }
        Optional<Class<?>> properties = Optional.of(CitusTenancyProperties.class);
        int at = PREFIX.getNumberOfElements();
        while (properties.isPresent() && at < name.getNumberOfElements()) {
            String written = name.getElement(at, Form.UNIFORM);
            Optional<RecordComponent> component = Arrays.stream(properties.get().getRecordComponents())
                    .filter(known -> uniform(known).equals(written))
                    .findFirst();
            if (component.isEmpty()) {
                return false;
            }
            Optional<Class<?>> values = recordsOf(component.get());
            // The key of a map is not one of the names.
            at += values.isPresent() ? 2 : 1;
            properties = values.or(
                    () -> Optional.<Class<?>>of(component.get().getType()).filter(Class::isRecord));
        }
        return at == name.getNumberOfElements();
    }

    /** Returns the valid name at this position that is most similar, if any. */
    Optional<String> nearest(ConfigurationPropertyName unknown) {
        if (!PREFIX.isAncestorOf(unknown)) {
            return Optional.empty();
        }
        return nearest(
                CitusTenancyProperties.class,
                unknown,
                PREFIX.getNumberOfElements(),
                new StringBuilder(CitusTenancyProperties.PREFIX));
    }

    private static Optional<String> nearest(
            Class<?> properties, ConfigurationPropertyName unknown, int at, StringBuilder known) {
        if (at >= unknown.getNumberOfElements()) {
            return Optional.empty();
        }
        List<RecordComponent> components = Arrays.asList(properties.getRecordComponents());
        String written = unknown.getElement(at, Form.UNIFORM);
        Optional<RecordComponent> right = components.stream()
                .filter(component -> uniform(component).equals(written))
                .findFirst();
        if (right.isPresent()) {
            known.append('.').append(dashed(right.get().getName()));
            if (right.get().getType().isRecord()) {
                return nearest(right.get().getType(), unknown, at + 1, known);
            }
            Optional<Class<?>> values = recordsOf(right.get());
            if (values.isPresent() && at + 1 < unknown.getNumberOfElements()) {
                known.append('.').append(unknown.getElement(at + 1, Form.ORIGINAL));
                return nearest(values.get(), unknown, at + 2, known);
            }
            return Optional.empty();
        }
        return components.stream()
                .min(Comparator.comparingInt(component -> distance(uniform(component), written)))
                .filter(nearest -> distance(uniform(nearest), written) <= Math.max(1, written.length() / 3))
                .map(nearest -> known + "." + dashed(nearest.getName()) + rest(unknown, at + 1));
    }

    private static Optional<Class<?>> recordsOf(RecordComponent component) {
        return component.getType() == Map.class
                        && component.getGenericType() instanceof ParameterizedType map
                        && map.getActualTypeArguments()[1] instanceof Class<?> value
                        && value.isRecord()
                ? Optional.of(value)
                : Optional.empty();
    }

    private static String rest(ConfigurationPropertyName name, int from) {
        StringBuilder rest = new StringBuilder();
        for (int at = from; at < name.getNumberOfElements(); at++) {
            rest.append('.').append(name.getElement(at, Form.ORIGINAL));
        }
        return rest.toString();
    }

    private static String uniform(RecordComponent component) {
        return component.getName().toLowerCase(Locale.ROOT);
    }

    private static String dashed(String camelCase) {
        return camelCase.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** Returns the number of characters to insert, delete or replace. */
    private static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        Arrays.setAll(above, column -> column);
        for (int row = 1; row <= one.length(); row++) {
            int[] current = new int[other.length() + 1];
            current[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int replaced = above[column - 1] + (one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[other.length()];
    }
}

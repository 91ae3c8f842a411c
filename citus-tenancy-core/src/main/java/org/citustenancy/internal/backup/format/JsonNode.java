package org.citustenancy.internal.backup.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON text, whose members are read by name and kind.
 *
 * @param path where it is, for messages
 * @param members the members
 */
record JsonNode(String path, Map<?, ?> members) {

    static JsonNode of(String path, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return new JsonNode(path, map);
        }
        throw wrong(path, "an object");
    }

    JsonNode object(String key) {
        return of(path + "." + key, members.get(key));
    }

    String text(String key) {
        return optionalText(key).orElseThrow(() -> wrong(path + "." + key, "a text"));
    }

    Optional<String> optionalText(String key) {
        return members.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    boolean flag(String key) {
        if (members.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw wrong(path + "." + key, "true or false");
    }

    long number(String key) {
        if (members.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw wrong(path + "." + key, "a number");
    }

    OptionalInt optionalNumber(String key) {
        return members.get(key) instanceof Number number ? OptionalInt.of(number.intValue()) : OptionalInt.empty();
    }

    List<String> texts(String key) {
        return list(key).stream()
                .map(element -> element instanceof String text ? text : notText(key))
                .toList();
    }

    <T> List<T> objects(String key, Function<JsonNode, T> reader) {
        return list(key).stream()
                .map(element -> reader.apply(of(path + "." + key, element)))
                .toList();
    }

    <V> SortedMap<String, V> entries(String key, Class<V> kind) {
        SortedMap<String, V> entries = new TreeMap<>();
        object(key).members().forEach((name, value) -> {
            if (!kind.isInstance(value)) {
                throw wrong(path + "." + key + "." + name, "a " + kind.getSimpleName());
            }
            entries.put(String.valueOf(name), kind.cast(value));
        });
        return entries;
    }

    SortedMap<Integer, Long> numbers(String key) {
        SortedMap<Integer, Long> numbers = new TreeMap<>();
        entries(key, Number.class)
                .forEach((name, value) -> numbers.put(whole(path + "." + key, name), value.longValue()));
        return numbers;
    }

    private static int whole(String where, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException failure) {
            throw new BackupException(
                    Failure.of("The manifest is damaged: \"" + text + "\" in " + where + " is no number")
                            .fix("take another backup, or repair the manifest"),
                    failure);
        }
    }

    private List<?> list(String key) {
        if (members.get(key) instanceof List<?> list) {
            return list;
        }
        throw wrong(path + "." + key, "a list");
    }

    private String notText(String key) {
        throw wrong(path + "." + key, "a list of texts");
    }

    private static BackupException wrong(String where, String expected) {
        return new BackupException(Failure.of("The manifest is damaged: " + where + " is not " + expected)
                .fix("take another backup, or repair the manifest"));
    }
}

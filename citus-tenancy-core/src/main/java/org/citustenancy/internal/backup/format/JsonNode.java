package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An object of a JSON text, whose members are read by name and type. A member that is missing or of another type causes
 * an {@link IllegalArgumentException} with its path.
 *
 * @param path its path, for messages
 * @param members the members
 */
record JsonNode(String path, Map<?, ?> members) {

    private static final Map<Class<?>, String> KINDS = Map.of(
            Map.class, "an object",
            List.class, "a list",
            String.class, "a text",
            Number.class, "a number",
            Boolean.class, "true or false");

    /** Parses a text with a single object. Throws if it is no JSON, or if more text follows. */
    static JsonNode parse(String name, String text) throws IOException {
        try (JsonParser parser = JSON.std.createParser(text)) {
            @Nullable Object value = JSON.std.anyFrom(parser);
            if (parser.nextToken() != null) {
                throw new IOException("there is more behind its end");
            }
            return new JsonNode(name, require(name, value, Map.class));
        } catch (JsonProcessingException failure) {
            String place = Optional.ofNullable(failure.getLocation())
                    .map(at -> " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")")
                    .orElse("");
            throw new IOException(failure.getOriginalMessage() + place, failure);
        }
    }

    boolean has(String key) {
        return members.containsKey(key);
    }

    JsonNode object(String key) {
        return new JsonNode(path(key), required(key, Map.class));
    }

    String text(String key) {
        return required(key, String.class);
    }

    Optional<String> optionalText(String key) {
        return optional(key, String.class);
    }

    boolean flag(String key) {
        return required(key, Boolean.class);
    }

    long number(String key) {
        return required(key, Number.class).longValue();
    }

    OptionalInt optionalNumber(String key) {
        return optional(key, Number.class).stream().mapToInt(Number::intValue).findFirst();
    }

    List<String> texts(String key) {
        return list(key, String.class, (at, text) -> text);
    }

    <T> List<T> objects(String key, Function<JsonNode, T> reader) {
        return list(key, Map.class, (at, object) -> reader.apply(new JsonNode(at, object)));
    }

    private <E, T> List<T> list(String key, Class<E> kind, BiFunction<String, E, T> reader) {
        List<T> read = new ArrayList<>();
        for (Object element : required(key, List.class)) {
            String at = path(key) + "[" + read.size() + "]";
            read.add(reader.apply(at, require(at, element, kind)));
        }
        return read;
    }

    <V> SortedMap<String, V> entries(String key, Class<V> kind) {
        JsonNode object = object(key);
        SortedMap<String, V> entries = new TreeMap<>();
        object.members.forEach((name, value) -> {
            String text = String.valueOf(name);
            entries.put(text, require(object.path(text), value, kind));
        });
        return entries;
    }

    SortedMap<Integer, Long> numbers(String key) {
        SortedMap<Integer, Long> numbers = new TreeMap<>();
        entries(key, Number.class).forEach((name, value) -> numbers.put(whole(path(key), name), value.longValue()));
        return numbers;
    }

    private static int whole(String where, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException failure) {
            throw new IllegalArgumentException("\"" + text + "\" in " + where + " is no number", failure);
        }
    }

    private String path(String key) {
        return path + "." + key;
    }

    private <T> T required(String key, Class<T> kind) {
        return require(path(key), members.get(key), kind);
    }

    private <T> Optional<T> optional(String key, Class<T> kind) {
        return Optional.ofNullable(members.get(key)).map(value -> require(path(key), value, kind));
    }

    private static <T> T require(String path, @Nullable Object value, Class<T> kind) {
        if (value == null || !kind.isInstance(value)) {
            throw new IllegalArgumentException(path + " is not " + KINDS.get(kind));
        }
        return kind.cast(value);
    }
}

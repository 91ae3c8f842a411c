package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Builds an object of a JSON text, member by member. Absent values are omitted. */
final class JsonObject {

    private final Map<String, Object> members = new LinkedHashMap<>();

    JsonObject put(String key, Object value) {
        members.put(key, value instanceof JsonObject object ? object.members : value);
        return this;
    }

    JsonObject put(String key, Optional<?> value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    JsonObject put(String key, OptionalInt value) {
        value.ifPresent(present -> put(key, present));
        return this;
    }

    <T> JsonObject put(String key, List<T> values, Function<T, JsonObject> writer) {
        members.put(
                key, values.stream().map(value -> writer.apply(value).members).toList());
        return this;
    }

    /** Returns the text, formatted for people: each member and each element has a line of its own. */
    String text() {
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter(separators)
                .withArrayIndenter(MemberLines.INDENTER)
                .withObjectIndenter(new MemberLines());
        try {
            return JSON.std.with(lines).asString(members) + "\n";
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Formats an object whose members are all numbers in one line. Otherwise the shards of a backup would take most of
     * the text.
     */
    private static final class MemberLines implements DefaultPrettyPrinter.Indenter {

        static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

        @Override
        public void writeIndentation(JsonGenerator json, int level) throws IOException {
            if (!(json.currentValue() instanceof Map<?, ?> object)
                    || !object.values().stream().allMatch(Number.class::isInstance)) {
                INDENTER.writeIndentation(json, level);
            } else if (isBetween(json.getOutputContext().getEntryCount(), object)) {
                json.writeRaw(' ');
            }
        }

        private static boolean isBetween(int written, Map<?, ?> object) {
            return written > 0 && written < object.size();
        }

        @Override
        public boolean isInline() {
            return false;
        }
    }
}

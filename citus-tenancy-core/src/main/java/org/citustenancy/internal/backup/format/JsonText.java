package org.citustenancy.internal.backup.format;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes maps, lists and values as JSON that people can read; a map of numbers takes one line. */
final class JsonText {

    private static final String INDENT = "  ";

    private final StringBuilder text = new StringBuilder();

    private JsonText() {}

    static String of(Object value) {
        JsonText json = new JsonText();
        json.append(value, "\n");
        return json.text.append('\n').toString();
    }

    private void append(@Nullable Object value, String newLine) {
        if (value instanceof Map<?, ?> map && map.values().stream().allMatch(Number.class::isInstance)) {
            text.append(map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + entry.getValue())
                    .collect(Collectors.joining(", ", "{", "}")));
        } else if (value instanceof Map<?, ?> map) {
            appendAll('{', map.entrySet(), '}', newLine);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            append(String.valueOf(entry.getKey()), newLine);
            text.append(": ");
            append(entry.getValue(), newLine);
        } else if (value instanceof Collection<?> list) {
            appendAll('[', list, ']', newLine);
        } else if (value instanceof CharSequence characters) {
            text.append(quoted(characters));
        } else {
            text.append(value);
        }
    }

    private static String quoted(CharSequence characters) {
        StringBuilder quoted = new StringBuilder("\"");
        JsonStringEncoder.getInstance().quoteAsString(characters, quoted);
        return quoted.append('"').toString();
    }

    private void appendAll(char begin, Collection<?> parts, char end, String newLine) {
        text.append(begin);
        Iterator<?> iterator = parts.iterator();
        while (iterator.hasNext()) {
            text.append(newLine).append(INDENT);
            append(iterator.next(), newLine + INDENT);
            text.append(iterator.hasNext() ? "," : newLine);
        }
        text.append(end);
    }
}

package org.citustenancy.hikari.settings;

import java.util.ArrayList;
import java.util.List;

/** Collects all problems for one message. */
final class ImpossibleSettings {

    private final List<String> found = new ArrayList<>();

    @SuppressWarnings("AnnotateFormatMethod")
    ImpossibleSettings unless(boolean possible, String format, Object... values) {
        if (!possible) {
            found.add(format.formatted(values));
        }
        return this;
    }

    ImpossibleSettings milliseconds(String name, long value) {
        return unless(
                value >= 0 && value <= Integer.MAX_VALUE,
                "%s is %d, but PostgreSQL takes 0 to 2147483647",
                name,
                value);
    }

    List<String> found() {
        return found;
    }
}

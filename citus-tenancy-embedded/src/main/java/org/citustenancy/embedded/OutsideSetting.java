package org.citustenancy.embedded;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting that can be made without touching the program.
 *
 * @param property the system property that is asked first
 * @param variable the environment variable that is asked then
 */
record OutsideSetting(String property, String variable) {

    /** What it is set to; empty if it is not, or is blank. */
    Optional<String> value() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty(property)), Optional.ofNullable(System.getenv(variable)))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    @Override
    public String toString() {
        return "System property " + property + " (or environment variable " + variable + ")";
    }
}

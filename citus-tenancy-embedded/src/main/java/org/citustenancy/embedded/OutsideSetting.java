package org.citustenancy.embedded;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A setting from outside the program.
 *
 * @param property the system property, which takes precedence
 * @param variable the environment variable
 */
record OutsideSetting(String property, String variable) {

    /** Returns the value; empty if it is not set or blank. */
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

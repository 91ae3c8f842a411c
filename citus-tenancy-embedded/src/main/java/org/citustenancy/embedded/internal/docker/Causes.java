package org.citustenancy.embedded.internal.docker;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The messages of a failure and its causes. With Testcontainers the outer ones name the image or the container, and the
 * inner ones the reason.
 *
 * @param failure the outermost one
 */
record Causes(Throwable failure) {

    /**
     * Returns the messages in one line, from the outermost to the innermost, without messages that another one
     * contains.
     */
    String text() {
        Set<String> said = Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Causes::words)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return said.stream()
                .filter(words ->
                        said.stream().noneMatch(other -> words.length() < other.length() && other.contains(words)))
                .collect(Collectors.joining(": "));
    }

    /** Returns the message without the full stop; empty if it only repeats its cause. */
    private static String words(Throwable failure) {
        Throwable cause = failure.getCause();
        String message = failure.getMessage();
        if (message == null) {
            return cause == null ? failure.getClass().getSimpleName() : "";
        }
        String words = message.strip().replaceFirst("\\.$", "");
        return cause != null && message.equals(cause.toString()) ? "" : words;
    }
}

package org.citustenancy.spring.internal.diagnostics;

import java.util.Optional;
import org.citustenancy.spring.internal.diagnostics.ConfigurationFiles.Found;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.error.Mark;

/**
 * Names the keys that a YAML file repeats, for example two projects with one name. Spring Boot prints a stack trace
 * that contains neither the file nor the property. This analyzer ignores properties that do not belong to this library.
 */
public final class RepeatedKeyFailureAnalyzer extends AbstractFailureAnalyzer<DuplicateKeyException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(CitusTenancyProperties.PREFIX);

    private static final String ACTION =
            "Name one of them differently, or put what both say under one: each project, user and property has a name of its own.";

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, DuplicateKeyException cause) {
        Mark mark = cause.getProblemMark();
        Optional<Found> found = new ConfigurationFiles().repeatedAt(mark);
        if (found.isEmpty()) {
            return new FailureAnalysis(
                    "A YAML file cannot be read because it repeats a key: " + cause.getProblem() + ", in line "
                            + (mark.getLine() + 1) + ":\n" + mark.get_snippet(),
                    ACTION,
                    cause);
        }
        String property = found.get().key().property();
        ConfigurationPropertyName name = ConfigurationPropertyName.adapt(property, '.');
        if (!PREFIX.equals(name) && !PREFIX.isAncestorOf(name)) {
            return null;
        }
        return new FailureAnalysis(
                property + " is there twice, in " + found.get().key().lines() + " of "
                        + found.get().file(),
                ACTION,
                cause);
    }
}

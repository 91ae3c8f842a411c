package org.citustenancy.spring.internal.diagnostics;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.errors.ProjectsUnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells every exception of this library as a description and an action. */
public final class CitusTenancyFailureAnalyzer extends AbstractFailureAnalyzer<CitusTenancyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CitusTenancyException cause) {
        if (cause instanceof InvalidPropertiesException invalid) {
            return analysis(invalid);
        }
        if (cause instanceof ProjectsUnavailableException unavailable) {
            return analysis(unavailable);
        }
        return new FailureAnalysis(description(cause.failure()), action(cause.failure()), cause);
    }

    private static FailureAnalysis analysis(InvalidPropertiesException invalid) {
        return new FailureAnalysis(
                lines(
                        "These properties cannot be worked with:",
                        invalid.properties().stream()
                                .map(InvalidProperty::toString)
                                .toList()),
                lines(
                        "Change them:",
                        invalid.properties().stream()
                                .map(property -> property.name() + ": " + property.action())
                                .toList()),
                invalid);
    }

    private static FailureAnalysis analysis(ProjectsUnavailableException unavailable) {
        return new FailureAnalysis(
                lines(
                        "These projects could not be had, while the others are ready:",
                        unavailable.failures().entrySet().stream()
                                .map(each -> each.getKey() + ": "
                                        + description(each.getValue().failure()))
                                .toList()),
                lines(
                        "Set citus-tenancy.start.fail-fast=false to start with the others, or:",
                        unavailable.failures().entrySet().stream()
                                .map(each -> each.getKey() + ": "
                                        + action(each.getValue().failure()))
                                .toList()),
                unavailable);
    }

    private static String description(Failure failure) {
        String where = failure.where().toString();
        return failure.what()
                + (where.isEmpty() ? "" : " (" + where + ")")
                + (failure.done().isEmpty() ? "" : ". Done so far: " + failure.done());
    }

    private static String action(Failure failure) {
        return failure.action().isEmpty() ? "See the cause." : failure.action();
    }

    private static String lines(String head, List<String> items) {
        return items.stream().map(item -> "\n    - " + item).collect(Collectors.joining("", head, ""));
    }
}

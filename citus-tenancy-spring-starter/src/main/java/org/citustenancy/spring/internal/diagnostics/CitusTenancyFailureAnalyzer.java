package org.citustenancy.spring.internal.diagnostics;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.errors.ProjectsUnavailableException;
import org.citustenancy.spring.internal.binding.WrittenName;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports every exception of this library as a description and an action. */
public final class CitusTenancyFailureAnalyzer extends AbstractFailureAnalyzer<CitusTenancyException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CitusTenancyException cause) {
        if (cause instanceof InvalidPropertiesException invalid) {
            return analysis(invalid);
        }
        if (cause instanceof ProjectsUnavailableException unavailable) {
            return analysis(unavailable);
        }
        if (cause instanceof OutsideScopeException outside) {
            return analysis(rootFailure, outside);
        }
        BindException ofProperty = findCause(rootFailure, BindException.class);
        String property = ofProperty == null ? "" : WrittenName.of(ofProperty) + ": ";
        return new FailureAnalysis(
                property + description(cause.failure()), action(new PropertyWords(), cause.failure()), cause);
    }

    private FailureAnalysis analysis(Throwable rootFailure, OutsideScopeException outside) {
        String bean = "A bean";
        for (BeanCreationException of = findCause(rootFailure, BeanCreationException.class);
                of != null;
                of = findCause(of.getCause(), BeanCreationException.class)) {
            bean = "The bean \"" + of.getBeanName() + "\"";
        }
        return new FailureAnalysis(
                bean
                        + " uses the data source of the current project when the application starts, and there is no current "
                        + "project then.",
                lines(
                        "Choose the database that it uses:",
                        List.of(
                                "set citus-tenancy.primary, for the database of that project; or",
                                "set spring.datasource.url, for a database of the application itself; or",
                                "for Spring Session, Batch, Quartz, Flyway and Liquibase, define a bean with "
                                        + "@Bean(defaultCandidate = false) and @SpringSessionDataSource, @BatchDataSource, "
                                        + "@QuartzDataSource, @FlywayDataSource or @LiquibaseDataSource, and one for its "
                                        + "transactions; or",
                                "open a scope around code of the application that uses a project at the start")),
                outside);
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
                                .map(property -> property.name() + ": " + new PropertyWords().in(property.action()))
                                .toList()),
                invalid);
    }

    private static FailureAnalysis analysis(ProjectsUnavailableException unavailable) {
        return new FailureAnalysis(
                lines(
                        "These projects are not available:",
                        byProject(unavailable, (project, failure) -> description(failure))),
                lines(
                        "Set citus-tenancy.start.fail-fast=false to start without them, or:",
                        byProject(unavailable, (project, failure) -> action(new PropertyWords(project), failure))),
                unavailable);
    }

    /** Returns one line for all projects with the same failure. */
    private static List<String> byProject(
            ProjectsUnavailableException unavailable, BiFunction<String, Failure, String> text) {
        SortedMap<String, String> projects = new TreeMap<>();
        unavailable
                .failures()
                .forEach((project, failure) -> projects.merge(
                        text.apply(project, failure.failure()), project, (some, another) -> some + ", " + another));
        return projects.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(same -> same.getValue() + ": " + same.getKey())
                .toList();
    }

    private static String description(Failure failure) {
        String where = failure.where().toString();
        return failure.what()
                + (where.isEmpty() ? "" : ". at: " + where)
                + (failure.state().isEmpty() ? "" : ". state: " + failure.state());
    }

    private static String action(PropertyWords words, Failure failure) {
        return failure.fix().isEmpty() ? "See the cause." : words.in(failure.fix());
    }

    private static String lines(String head, List<String> items) {
        return items.stream()
                .map(item -> "\n    - " + item.replace("\n", "\n      "))
                .collect(Collectors.joining("", head, ""));
    }
}

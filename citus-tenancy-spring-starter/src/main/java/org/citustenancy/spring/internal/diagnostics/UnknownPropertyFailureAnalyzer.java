package org.citustenancy.spring.internal.diagnostics;

import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the property that does not exist, and the one that was meant perhaps. Before Spring Boot's own, which names none. */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class UnknownPropertyFailureAnalyzer
        extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of(CitusTenancyProperties.PREFIX);
        List<ConfigurationProperty> ours = cause.getUnboundProperties().stream()
                .filter(property -> prefix.isAncestorOf(property.getName()))
                .toList();
        if (ours.isEmpty()) {
            return null;
        }
        KnownNames names = new KnownNames();
        return new FailureAnalysis(
                ours.stream()
                        .map(property -> "\n    - " + WrittenName.of(property)
                                + names.nearest(property.getName())
                                        .map(meant -> ": did you mean " + meant + "?")
                                        .orElse(""))
                        .collect(Collectors.joining("", "These properties do not exist:", "")),
                "Correct their names, or leave them out.",
                cause);
    }
}

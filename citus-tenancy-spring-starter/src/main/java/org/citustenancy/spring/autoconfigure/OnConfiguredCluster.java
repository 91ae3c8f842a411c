package org.citustenancy.spring.autoconfigure;

import java.util.stream.Stream;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches where something is said of a cluster or of projects, and it is not switched off. */
final class OnConfiguredCluster extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Citus tenancy");
        Binder binder = Binder.get(context.getEnvironment());
        if (!binder.bind(CitusTenancyProperties.PREFIX + ".enabled", Boolean.class)
                .orElse(true)) {
            return ConditionOutcome.noMatch(message.because(CitusTenancyProperties.PREFIX + ".enabled is false"));
        }
        // Not the prefix itself: properties of other things may begin with the same letters.
        boolean said = Stream.of("projects", "cluster").anyMatch(part -> binder.bind(
                        CitusTenancyProperties.PREFIX + "." + part, Bindable.mapOf(String.class, Object.class))
                .isBound());
        return said
                ? ConditionOutcome.match(message.foundExactly("a cluster or projects"))
                : ConditionOutcome.noMatch(message.because("nothing is said under " + CitusTenancyProperties.PREFIX));
    }
}

package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if a cluster or projects are configured, and the starter is not disabled. */
final class OnConfiguredCluster extends SpringBootCondition {

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Citus tenancy");
        Environment environment = context.getEnvironment();
        if (!Binder.get(environment)
                .bind(CitusTenancyProperties.PREFIX + ".enabled", Boolean.class)
                .orElse(true)) {
            return ConditionOutcome.noMatch(message.because(CitusTenancyProperties.PREFIX + ".enabled is false"));
        }
        return ProjectKeys.areConfigured(environment)
                ? ConditionOutcome.match(message.foundExactly("a cluster or projects"))
                : ConditionOutcome.noMatch(
                        message.because("nothing is configured under " + CitusTenancyProperties.PREFIX));
    }
}

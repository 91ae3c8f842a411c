package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Matches if beans that are injected without a name belong to a project or to the scope of the thread. */
final class OnProjectAsDefault extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Citus tenancy");
        return context.getBeanFactory() != null
                        && ProjectBeanRegistrar.areInjectedWithoutName(
                                context.getBeanFactory(), ProjectKeys.of(context.getEnvironment()))
                ? ConditionOutcome.match(message.because("the default data source is one of a project"))
                : ConditionOutcome.noMatch(message.because("the application has a data source of its own"));
    }
}

package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.requests.RequestProjectResolver;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Applies if a property or a bean defines how requests name their project. */
class OnRequestProject extends AnyNestedCondition {

    OnRequestProject() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("citus-tenancy.request.from")
    static class Configured {}

    @ConditionalOnBean(RequestProjectResolver.class)
    static class Resolved {}
}

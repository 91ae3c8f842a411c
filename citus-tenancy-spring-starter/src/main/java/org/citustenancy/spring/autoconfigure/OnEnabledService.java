package org.citustenancy.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;

/** Applies if the application runs a service of the library for the cluster. */
class OnEnabledService extends AnyNestedCondition {

    OnEnabledService() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnBooleanProperty("citus-tenancy.failover.enabled")
    static class Failover {}

    @ConditionalOnBooleanProperty("citus-tenancy.autosuspend.enabled")
    static class Autosuspend {}
}

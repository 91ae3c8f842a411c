package org.citustenancy.spring;

import org.citustenancy.failover.FailoverOptions;

/**
 * Changes how the application follows failovers. Beans of this type apply in their order, after the properties.
 *
 * <pre>{@code
 * @Bean
 * FailoverOptionsCustomizer fence(MachineControl machines) {
 *     return options -> options.fence(node -> machines.stop(node.host()));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface FailoverOptionsCustomizer {

    /**
     * Changes the options.
     *
     * @param options the options of the properties {@code citus-tenancy.failover.*}, and of earlier beans
     * @return the changed options
     */
    FailoverOptions customize(FailoverOptions options);
}

package org.citustenancy.spring;

import org.citustenancy.hikari.ProjectPoolsBuilder;

/**
 * Changes the registry of pools before it opens. Beans of this type apply in their order, after the properties.
 *
 * <pre>{@code
 * @Bean
 * ProjectPoolsBuilderCustomizer closing() {
 *     return pools -> pools.closingGrace(Duration.ofSeconds(30));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ProjectPoolsBuilderCustomizer {

    /**
     * Changes the builder.
     *
     * @param pools contains the projects and the settings of the properties
     */
    void customize(ProjectPoolsBuilder pools);
}

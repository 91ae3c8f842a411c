package org.citustenancy.spring.autoconfigure;

import io.micrometer.context.ContextRegistry;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.propagation.ScopePropagation;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Lets context propagation carry scopes to other threads, if it is on the class path: to those of executors with
 * {@code spring.task.execution.propagate-context}.
 */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class)
@Conditional({OnConfiguredCluster.class, OnJob.Absent.class})
@ConditionalOnClass(ContextRegistry.class)
public class ProjectPropagationAutoConfiguration {

    /** No bean uses it, so it would not exist with lazy initialization. */
    @Bean
    @Lazy(false)
    ScopePropagation citusTenancyScopePropagation(ProjectPools pools) {
        return new ScopePropagation(ContextRegistry.getInstance(), pools.scopes());
    }
}

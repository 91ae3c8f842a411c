package org.citustenancy.spring.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import org.citustenancy.hikari.metrics.MicrometerMetrics;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.figures.FiguresCache;
import org.citustenancy.spring.internal.metrics.ProjectMeters;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Publishes the figures of the pools, by project and user, and of the projects, if a meter registry exists. */
@AutoConfiguration(
        after = CitusTenancyAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
public class ProjectMetricsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PoolMetrics citusTenancyPoolMetrics(MeterRegistry registry) {
        return MicrometerMetrics.in(registry);
    }

    @Bean
    ProjectMeters citusTenancyProjectMeters(
            Definitions definitions, ProjectStart start, FiguresCache figures, CitusTenancyProperties properties) {
        return new ProjectMeters(
                definitions, start, figures, properties.figures().maxProjects());
    }
}

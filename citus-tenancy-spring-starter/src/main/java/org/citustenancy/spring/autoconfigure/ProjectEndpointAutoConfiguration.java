package org.citustenancy.spring.autoconfigure;

import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.internal.aot.EndpointHints;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.endpoint.ActuatorPaths;
import org.citustenancy.spring.internal.endpoint.ProjectsEndpoint;
import org.citustenancy.spring.internal.endpoint.ProjectsInfo;
import org.citustenancy.spring.internal.endpoint.RepairingProjectsEndpoint;
import org.citustenancy.spring.internal.endpoint.Reporter;
import org.citustenancy.spring.internal.endpoint.SecretSanitizer;
import org.citustenancy.spring.internal.figures.FiguresCache;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Configures the endpoint {@code citustenancy}, if it is exposed, the projects' part of the info endpoint, and the
 * masking of passwords in other endpoints.
 */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ImportRuntimeHints(EndpointHints.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
public class ProjectEndpointAutoConfiguration {

    /** Requests to Actuator are for no project, wherever it is. */
    @Bean
    ActuatorPaths citusTenancyActuatorPaths(ObjectProvider<PathMappedEndpoints> endpoints, Environment environment) {
        return new ActuatorPaths(endpoints::getIfAvailable, environment.getProperty("spring.mvc.servlet.path", "/"));
    }

    @Bean
    @ConditionalOnAvailableEndpoint(ProjectsEndpoint.class)
    ProjectsEndpoint citusTenancyEndpoint(
            Definitions definitions,
            ClusterConnection cluster,
            ProjectStart start,
            ProjectPools pools,
            FiguresCache figures,
            CitusTenancyProperties properties) {
        Reporter reporter = new Reporter(definitions, cluster, start, pools, figures);
        return properties.endpoint().repair()
                ? new RepairingProjectsEndpoint(reporter)
                : new ProjectsEndpoint(reporter);
    }

    @Bean
    SecretSanitizer citusTenancySecretSanitizer(
            Definitions definitions, ObjectProvider<CitusConnectionDetails> cluster) {
        return new SecretSanitizer(definitions, cluster);
    }

    @Bean
    @ConditionalOnEnabledInfoContributor(ProjectsEndpoint.ID)
    ProjectsInfo citusTenancyInfo(Definitions definitions, ProjectStart start) {
        return new ProjectsInfo(definitions, start);
    }
}

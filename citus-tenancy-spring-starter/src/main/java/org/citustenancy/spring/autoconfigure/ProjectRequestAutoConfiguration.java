package org.citustenancy.spring.autoconfigure;

import jakarta.servlet.Filter;
import java.util.List;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.requests.ClaimKey;
import org.citustenancy.spring.internal.requests.HeaderKey;
import org.citustenancy.spring.internal.requests.HostKey;
import org.citustenancy.spring.internal.requests.ProjectFilter;
import org.citustenancy.spring.internal.requests.RequestKey;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.RequestProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/** Configures requests that name their project, if the properties define how. */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnProperty("citus-tenancy.request.from")
public class ProjectRequestAutoConfiguration {

    /** Runs after Spring Security's filter, whose order is -100. */
    private static final int ORDER = 0;

    @Bean
    FilterRegistrationBean<ProjectFilter> citusTenancyProjectFilter(
            Definitions definitions,
            ProjectStart start,
            ProjectPools pools,
            CitusTenancyProperties properties,
            ResourceLoader classes) {
        RequestProperties request = properties.request();
        FilterRegistrationBean<ProjectFilter> registration = new FilterRegistrationBean<>(
                new ProjectFilter(definitions, start, pools, key(request, classes), request.without()));
        registration.setOrder(ORDER);
        registration.setEnabled(request.from() != RequestProperties.Place.NONE);
        return registration;
    }

    private static RequestKey key(RequestProperties request, ResourceLoader classes) {
        return switch (request.from()) {
            case NONE, HEADER -> new HeaderKey(request.header());
            case HOST -> new HostKey(request.host());
            case CLAIM -> {
                if (!ClassUtils.isPresent(
                        "org.springframework.security.oauth2.core.ClaimAccessor", classes.getClassLoader())) {
                    throw new InvalidPropertiesException(List.of(new InvalidProperty(
                            CitusTenancyProperties.PREFIX + ".request.from",
                            "is claim, but nothing authenticates principals with claims here",
                            "add spring-boot-starter-security-oauth2-resource-server, or take the project from "
                                    + "elsewhere")));
                }
                yield new ClaimKey(request.claim());
            }
        };
    }
}

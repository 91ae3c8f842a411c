package org.citustenancy.spring.autoconfigure;

import jakarta.servlet.Filter;
import java.util.List;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.errors.InvalidProperty;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.requests.ClaimKey;
import org.citustenancy.spring.internal.requests.FirstResolver;
import org.citustenancy.spring.internal.requests.HeaderKey;
import org.citustenancy.spring.internal.requests.HostKey;
import org.citustenancy.spring.internal.requests.PathsWithoutProject;
import org.citustenancy.spring.internal.requests.ProjectFilter;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.RequestProperties;
import org.citustenancy.spring.requests.RequestProjectResolver;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.ClassUtils;
import org.springframework.util.PatternMatchUtils;
import org.springframework.web.filter.OncePerRequestFilter;

/** Configures requests that name their project, if the properties or a bean define how. */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class)
@Conditional({OnConfiguredCluster.class, OnRequestProject.class})
@ConditionalOnClass({Filter.class, OncePerRequestFilter.class, FilterRegistrationBean.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class ProjectRequestAutoConfiguration {

    @Bean
    FilterRegistrationBean<ProjectFilter> citusTenancyProjectFilter(
            Definitions definitions,
            ProjectStart start,
            ProjectPools pools,
            CitusTenancyProperties properties,
            ApplicationContext context) {
        RequestProperties request = properties.request();
        List<RequestProjectResolver> own = context.getBeanProvider(RequestProjectResolver.class)
                .orderedStream()
                .toList();
        FilterRegistrationBean<ProjectFilter> registration = new FilterRegistrationBean<>(new ProjectFilter(
                definitions,
                start,
                pools,
                own.isEmpty() ? configured(request, context) : new FirstResolver(own),
                without(request, context)));
        registration.setOrder(request.filterOrder());
        registration.setEnabled(!own.isEmpty() || request.from() != RequestProperties.Place.NONE);
        return registration;
    }

    private static PathsWithoutProject without(RequestProperties request, ApplicationContext context) {
        String[] patterns = request.without().toArray(String[]::new);
        List<PathsWithoutProject> others =
                context.getBeanProvider(PathsWithoutProject.class).stream().toList();
        return path ->
                PatternMatchUtils.simpleMatch(patterns, path) || others.stream().anyMatch(paths -> paths.contain(path));
    }

    private static RequestProjectResolver configured(RequestProperties request, ResourceLoader classes) {
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

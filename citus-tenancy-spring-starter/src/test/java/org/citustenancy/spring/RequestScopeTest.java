package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectEndpointAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectRequestAutoConfiguration;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.internal.requests.ProjectFilter;
import org.citustenancy.spring.requests.RequestProjectResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.PathContainer;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** For which project a request is; no cluster is asked. */
class RequestScopeTest {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(CitusTenancyAutoConfiguration.class, ProjectRequestAutoConfiguration.class))
            .withPropertyValues(
                    "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
                    "citus-tenancy.cluster.password=admin-Secret-1",
                    "citus-tenancy.start.mode=none",
                    "citus-tenancy.projects.app.database=app_production",
                    "citus-tenancy.projects.app.users.app_user.password=app-Secret-1",
                    "citus-tenancy.projects.analytics.users.analytics_user.password=analytics-Secret-1");

    private final List<String> scopes = new ArrayList<>();

    @AfterEach
    void logOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void filter_is_absent_unless_it_is_configured() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void header_selects_the_project() {
        application.withPropertyValues("citus-tenancy.request.from=header").run(context -> {
            assertThat(send(context, request("X-Project", "app")).getStatus()).isEqualTo(200);
            assertThat(scopes).containsExactly("app_user@app_production");

            MockHttpServletResponse missing = send(context, new MockHttpServletRequest());
            assertThat(missing.getStatus()).isEqualTo(400);
            assertThat(missing.getContentType()).startsWith("application/problem+json");
            assertThat(missing.getContentAsString())
                    .isEqualTo("{\"title\":\"Bad Request\",\"status\":400,\"detail\":\"A request names its project by"
                            + " the header X-Project; this one does not\"}");
            MockHttpServletResponse unknown = send(context, request("X-Project", "a\"pp"));
            assertThat(unknown.getStatus()).isEqualTo(404);
            assertThat(unknown.getContentAsString()).doesNotContain("a\"pp").doesNotContain("analytics");
            assertThat(scopes).hasSize(1);

            MockHttpServletRequest health = new MockHttpServletRequest("GET", "/actuator/health");
            assertThat(send(context, health).getStatus()).isEqualTo(200);
            assertThat(scopes).containsExactly("app_user@app_production", "none");
        });
    }

    @Test
    void host_selects_the_project() {
        application
                .withPropertyValues(
                        "citus-tenancy.request.from=host", "citus-tenancy.request.host={project}.example.com")
                .run(context -> {
                    send(context, host("analytics.Example.com"));
                    assertThat(scopes).containsExactly("analytics_user@analytics");
                    assertThat(send(context, host("analytics.example.com.evil.org"))
                                    .getStatus())
                            .isEqualTo(400);
                    assertThat(send(context, host("x.analytics.example.com")).getStatus())
                            .isEqualTo(400);
                    assertThat(send(context, host("other.example.com")).getStatus())
                            .isEqualTo(404);
                });
        application.withPropertyValues("citus-tenancy.request.from=host").run(context -> assertThat(
                        context.getStartupFailure())
                .rootCause()
                .isInstanceOf(InvalidPropertiesException.class)
                .hasMessageContaining("citus-tenancy.request.host"));
    }

    @Test
    void claim_selects_the_project_when_the_principal_is_authenticated() {
        application
                .withPropertyValues("citus-tenancy.request.from=claim", "citus-tenancy.request.claim=tenant")
                .run(context -> {
                    Jwt token = Jwt.withTokenValue("token")
                            .header("alg", "RS256")
                            .claim("tenant", "analytics")
                            .build();
                    MockHttpServletRequest unauthenticated =
                            request("Authorization", "Bearer eyJhbGciOiJub25lIn0.e30.");
                    assertThat(send(context, unauthenticated).getStatus()).isEqualTo(400);

                    TestingAuthenticationToken authentication = new TestingAuthenticationToken(token, "");
                    authentication.setAuthenticated(false);
                    SecurityContextHolder.getContext().setAuthentication(authentication);
                    assertThat(send(context, new MockHttpServletRequest()).getStatus())
                            .isEqualTo(400);
                    authentication.setAuthenticated(true);
                    assertThat(send(context, new MockHttpServletRequest()).getStatus())
                            .isEqualTo(200);
                    assertThat(scopes).containsExactly("analytics_user@analytics");
                });
        application
                .withPropertyValues("citus-tenancy.request.from=claim")
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .run(context -> assertThat(context).hasFailed());
    }

    @Test
    void attribute_of_an_opaque_token_selects_the_project() {
        application
                .withPropertyValues("citus-tenancy.request.from=claim", "citus-tenancy.request.claim=tenant")
                .run(context -> {
                    TestingAuthenticationToken authentication = new TestingAuthenticationToken(
                            new DefaultOAuth2AuthenticatedPrincipal(Map.of("tenant", "analytics"), List.of()), "");
                    authentication.setAuthenticated(true);
                    SecurityContextHolder.getContext().setAuthentication(authentication);

                    assertThat(send(context, new MockHttpServletRequest()).getStatus())
                            .isEqualTo(200);
                    assertThat(scopes).containsExactly("analytics_user@analytics");
                });
    }

    @Test
    void beans_of_the_application_select_the_project_in_place_of_the_property() {
        application
                .withPropertyValues("citus-tenancy.request.from=header")
                .withUserConfiguration(Resolvers.class)
                .run(context -> {
                    MockHttpServletRequest path = new MockHttpServletRequest("GET", "/projects/app/users");
                    assertThat(send(context, path).getStatus()).isEqualTo(200);
                    MockHttpServletRequest session = new MockHttpServletRequest("GET", "/users");
                    session.getSession().setAttribute("project", "analytics");
                    assertThat(send(context, session).getStatus()).isEqualTo(200);
                    assertThat(scopes).containsExactly("app_user@app_production", "analytics_user@analytics");

                    MockHttpServletResponse neither = send(context, request("X-Project", "app"));
                    assertThat(neither.getStatus()).isEqualTo(400);
                    assertThat(neither.getContentAsString())
                            .contains("by the path or a part that the application defines");
                });
        application.withUserConfiguration(Resolvers.class).run(context -> assertThat(
                        context.getBean(FilterRegistrationBean.class).isEnabled())
                .isTrue());
    }

    @Test
    void order_of_the_filter_is_a_property() {
        application
                .withPropertyValues("citus-tenancy.request.from=header", "citus-tenancy.request.filter-order=-101")
                .run(context -> assertThat(
                                context.getBean(FilterRegistrationBean.class).getOrder())
                        .isEqualTo(-101));
    }

    @ParameterizedTest
    @CsvSource({
        "/manage/health, none",
        "/manage/health/liveness, none",
        "/manage, none",
        "/livez, none",
        "/readyz, none",
        "/managed, app_user@app_production",
        "/livezone, app_user@app_production"
    })
    void paths_of_actuator_belong_to_no_project(String path, String scope) {
        application
                .withConfiguration(AutoConfigurations.of(
                        ProjectEndpointAutoConfiguration.class,
                        EndpointAutoConfiguration.class,
                        WebEndpointAutoConfiguration.class,
                        HealthContributorRegistryAutoConfiguration.class,
                        HealthEndpointAutoConfiguration.class,
                        ApplicationAvailabilityAutoConfiguration.class,
                        AvailabilityHealthContributorAutoConfiguration.class,
                        AvailabilityProbesAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.request.from=header",
                        "management.endpoints.web.base-path=/manage",
                        "management.endpoint.health.probes.enabled=true",
                        "management.endpoint.health.probes.add-additional-paths=true")
                .run(context -> {
                    MockHttpServletRequest request = request("X-Project", "app");
                    request.setRequestURI(path);
                    assertThat(send(context, request).getStatus()).isEqualTo(200);
                    assertThat(scopes).containsExactly(scope);
                });
    }

    private MockHttpServletResponse send(ApplicationContext context, MockHttpServletRequest request) throws Exception {
        ProjectFilter filter =
                (ProjectFilter) context.getBean(FilterRegistrationBean.class).getFilter();
        ProjectPools pools = context.getBean(ProjectPools.class);
        FilterChain chain = (ignored, answer) ->
                scopes.add(pools.scopes().current().map(Object::toString).orElse("none"));
        MockHttpServletResponse response = new MockHttpServletResponse();
        filter.doFilter(request, response, chain);
        assertThat(pools.scopes().current()).isEmpty();
        return response;
    }

    @Configuration(proxyBeanMethods = false)
    static class Resolvers {

        @Bean
        @Order(1)
        RequestProjectResolver fromPath() {
            return new RequestProjectResolver() {

                private final PathPattern projects = PathPatternParser.defaultInstance.parse("/projects/{project}/**");

                @Override
                public Optional<String> resolve(HttpServletRequest request) {
                    return Optional.ofNullable(
                                    projects.matchAndExtract(PathContainer.parsePath(request.getRequestURI())))
                            .map(path -> path.getUriVariables().get("project"));
                }

                @Override
                public String source() {
                    return "the path";
                }
            };
        }

        // begin spring-resolver
        @Bean
        RequestProjectResolver fromSession() {
            return request -> Optional.ofNullable(request.getSession(false))
                    .map(session -> (String) session.getAttribute("project"));
        }
        // end spring-resolver
    }

    private static MockHttpServletRequest request(String header, String value) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader(header, value);
        return request;
    }

    private static MockHttpServletRequest host(String name) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setServerName(name);
        return request;
    }
}

package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectRequestAutoConfiguration;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.internal.requests.ProjectFilter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.jwt.Jwt;

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

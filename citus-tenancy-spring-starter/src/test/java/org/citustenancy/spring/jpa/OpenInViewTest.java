package org.citustenancy.spring.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJpaAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectRequestAutoConfiguration;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.orm.jpa.support.OpenEntityManagerInViewInterceptor;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** An {@code EntityManager} that is open for a whole request; no cluster is asked. */
class OpenInViewTest {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    CitusTenancyAutoConfiguration.class,
                    ProjectRequestAutoConfiguration.class,
                    ProjectJpaAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues(
                    "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
                    "citus-tenancy.cluster.password=admin-Secret-1",
                    "citus-tenancy.start.mode=none",
                    "citus-tenancy.request.from=header",
                    "citus-tenancy.request.without=/free",
                    "citus-tenancy.pool.connection-timeout-millis=300",
                    "citus-tenancy.projects.app.users.app_user.password=app-Secret-1",
                    "citus-tenancy.projects.analytics.users.analytics_user.password=analytics-Secret-1");

    @Test
    void entity_manager_of_a_request_belongs_to_the_project_of_the_request() {
        application.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(OpenEntityManagerInViewInterceptor.class);
            // The scope is around the interceptor, which the servlet calls, and around every filter without an order.
            assertThat(context.getBean(FilterRegistrationBean.class).getOrder()).isLessThan(Ordered.LOWEST_PRECEDENCE);

            assertThat(get(context, "/own")).contains("open").doesNotContain("Outside");
            assertThat(get(context, "/nested"))
                    .contains(OutsideScopeException.class.getSimpleName())
                    .contains("app_user@app")
                    .contains("is of analytics_user@analytics");
        });
    }

    @Test
    void request_without_a_project_opens_none() {
        application.run(context -> assertThat(get(context, "/free"))
                .contains(OutsideScopeException.class.getSimpleName())
                .contains("works in no scope"));
    }

    @Test
    void version_of_the_server_is_taken_from_the_properties() {
        application
                .withPropertyValues("spring.jpa.properties.jakarta.persistence.database-major-version=16")
                .run(context -> assertThat(context.getBean(EntityManagerFactory.class)
                                .unwrap(SessionFactoryImplementor.class)
                                .getJdbcServices()
                                .getDialect()
                                .getVersion()
                                .getMajor())
                        .isEqualTo(16));
    }

    private static String get(ApplicationContext context, String path) throws Exception {
        MockMvc mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) context)
                .addFilters(context.getBean(FilterRegistrationBean.class).getFilter())
                .build();
        return mvc.perform(MockMvcRequestBuilders.get(path).header("X-Project", "app"))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @AutoConfigurationPackage
    static class Application {

        @Bean
        Requests requests(EntityManager entities, ProjectPools pools) {
            return new Requests(entities, pools);
        }
    }

    /** Answers with what an {@code EntityManager} throws. */
    @RestController
    static class Requests {

        private final EntityManager entities;
        private final ProjectPools pools;

        Requests(EntityManager entities, ProjectPools pools) {
            this.entities = entities;
            this.pools = pools;
        }

        @GetMapping("/own")
        String own() {
            return "open: " + find();
        }

        @GetMapping("/nested")
        String nested() {
            try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
                return scope + ": " + find();
            }
        }

        @GetMapping("/free")
        String free() {
            return find();
        }

        private String find() {
            try {
                return String.valueOf(entities.find(Person.class, 1L));
            } catch (RuntimeException failure) {
                return failure.toString();
            }
        }
    }
}

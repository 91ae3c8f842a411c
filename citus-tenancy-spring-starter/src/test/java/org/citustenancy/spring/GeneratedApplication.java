package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import javax.sql.DataSource;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.users.Secret;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/** Starts an application of which the beans were written down ahead of time, and looks at them. */
public final class GeneratedApplication implements Runnable {

    static final Map<String, Object> PROPERTIES = Map.of(
            "citus-tenancy.cluster.url",
            "jdbc:postgresql://localhost:1/postgres",
            "citus-tenancy.cluster.password",
            "${PASSWORD}",
            "citus-tenancy.start.mode",
            "none",
            "citus-tenancy.start.fail-fast",
            "false",
            "citus-tenancy.projects.app.users.app_user.password",
            "${PASSWORD}",
            "citus-tenancy.projects.analytics.users.analytics_user.password",
            "${PASSWORD}",
            "citus-tenancy.projects.analytics.pool.max",
            "${POOL}",
            "citus-tenancy.primary",
            "app",
            "management.endpoints.web.exposure.include",
            "citustenancy");

    private final String initializer;

    /** An application that was not started yet, with the class that brings its beans. */
    public GeneratedApplication(String initializer) {
        this.initializer = initializer;
    }

    @Override
    public void run() {
        try (GenericApplicationContext started = start()) {
            Definitions definitions = started.getBean(Definitions.class);
            assertThat(definitions.project("analytics").pool().max()).isEqualTo(3);
            assertThat(definitions.project("app").owner().password()).contains(Secret.of("app-Secret-1"));
            assertThat(started.getBean(DataSource.class)).isSameAs(started.getBean("appDataSource"));
            assertThat(started.getBean(DSLContext.class)).isSameAs(started.getBean("appDslContext"));
            assertThat(started.getBean(PlatformTransactionManager.class))
                    .isSameAs(started.getBean("appTransactionManager"));
            assertThat(started.getBean(Injected.class).analytics()).isSameAs(started.getBean("analyticsJdbcClient"));
            assertThat(started.getBeanNamesForType(Flyway.class))
                    .containsExactlyInAnyOrder("appFlyway", "analyticsFlyway");
            assertThat(started.getBean(CompositeHealthContributor.class).getContributor("analytics"))
                    .isNotNull();
        }
    }

    private GenericApplicationContext start() {
        GenericApplicationContext context = new GenericApplicationContext();
        add(context, PROPERTIES);
        add(context, Map.of("PASSWORD", "app-Secret-1", "POOL", "3"));
        initializer().initialize(context);
        context.refresh();
        return context;
    }

    @SuppressWarnings("unchecked")
    private ApplicationContextInitializer<GenericApplicationContext> initializer() {
        try {
            return (ApplicationContextInitializer<GenericApplicationContext>) BeanUtils.instantiateClass(
                    Class.forName(initializer, true, getClass().getClassLoader()));
        } catch (ClassNotFoundException missing) {
            throw new AssertionError(missing);
        }
    }

    static void add(GenericApplicationContext context, Map<String, Object> properties) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("with " + properties.keySet(), properties));
    }

    /** What the application has injected. */
    record Injected(JdbcClient analytics) {}

    @Configuration(proxyBeanMethods = false)
    static class Injection {

        @Bean
        Injected injected(@OfProject("analytics") JdbcClient analytics) {
            return new Injected(analytics);
        }
    }
}

package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.table;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectMetricsAutoConfiguration;
import org.citustenancy.spring.errors.ProjectsUnavailableException;
import org.citustenancy.spring.internal.diagnostics.CitusTenancyFailureAnalyzer;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Applications with two projects on real nodes. */
@RequiresCluster
class ProjectsTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("spring_app");
    private final String analytics = TestCluster.unique("spring_analytics");

    ProjectsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws SQLException {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void projects_are_created_migrated_and_isolated() throws SQLException {
        application().withPropertyValues("citus-tenancy.start.mode=validate").run(context -> assertThat(
                        context.getStartupFailure())
                .hasStackTraceContaining("No project \"" + app + "\" is managed here"));
        assertThatCoordinator(nodes).hasNoDatabase(app);
        application().withPropertyValues("citus-tenancy.primary=app").run(context -> {
            assertThat(context).hasNotFailed();
            Injected injected = context.getBean(Injected.class);
            injected.app().sql("insert into users values (1, 'Ada')").update();
            injected.analytics().sql("insert into events values (1, 'login')").update();

            assertThat(context.getBean(JdbcClient.class)
                            .sql("select name from users")
                            .query(String.class)
                            .list())
                    .containsExactly("Ada");
            assertThatThrownBy(() -> injected.analytics()
                            .sql("select * from users")
                            .query()
                            .listOfRows())
                    .isInstanceOf(BadSqlGrammarException.class);
            assertThat(injected.analytics()
                            .sql("select citus_table_type from citus_tables order by table_name::text")
                            .query(String.class)
                            .list())
                    .containsExactly("distributed", "reference");
            assertThat(injected.app()
                            .sql("select table_name::text from citus_tables "
                                    + "where colocation_id = (select colocation_id from citus_tables "
                                    + "where table_name = 'users'::regclass) order by 1")
                            .query(String.class)
                            .list())
                    .containsExactly("orders", "users");

            assert_rolls_back(context, injected);
            assert_follows_the_scope(context);
            assert_healthy_and_measured(context);
        });
        validation_changes_nothing();
    }

    /** JdbcClient and jOOQ take part in the same transaction of their project. */
    private static void assert_rolls_back(ApplicationContext context, Injected injected) {
        DSLContext sql = context.getBean("analyticsDslContext", DSLContext.class);
        TransactionTemplate transaction = new TransactionTemplate(injected.transactions());
        transaction.executeWithoutResult(status -> {
            injected.analytics().sql("insert into events values (2, 'view')").update();
            assertThat(sql.fetchCount(table("events"))).isEqualTo(2);
            status.setRollbackOnly();
        });
        assertThat(sql.fetchCount(table("events"))).isEqualTo(1);
        assertThatThrownBy(() -> sql.transaction(inner -> {
                    inner.dsl()
                            .insertInto(table("events"), field("id"), field("kind"))
                            .values(3, "view")
                            .execute();
                    throw new IllegalStateException("no");
                }))
                .hasMessageContaining("no");
        assertThat(sql.fetchCount(table("events"))).isEqualTo(1);
        assertThatThrownBy(() -> sql.insertInto(table("events"), field("id"), field("kind"))
                        .values(1, "again")
                        .execute())
                .isInstanceOf(DuplicateKeyException.class);
    }

    private void assert_follows_the_scope(ApplicationContext context) {
        JdbcClient current = context.getBean("currentProjectJdbcClient", JdbcClient.class);
        try (ProjectScope scope = context.getBean(ProjectPools.class).scopes().open(analytics, analytics + "_user")) {
            assertThat(scope).isNotNull();
            assertThat(current.sql("select kind from events")
                            .query(String.class)
                            .single())
                    .isEqualTo("login");
        }
    }

    private static void assert_healthy_and_measured(ApplicationContext context) {
        CompositeHealthContributor health = context.getBean(CompositeHealthContributor.class);
        assertThat(health(health, "app").getStatus()).isEqualTo(Status.UP);
        Health nodes = health(health, "nodes");
        assertThat(nodes.getStatus()).isEqualTo(Status.UP);
        assertThat(nodes.getDetails()).hasSize(3);
        assertThat(context.getBean(MeterRegistry.class)
                        .get("hikaricp.connections.usage")
                        .tag("user", context.getBean(Injected.class).user())
                        .timer()
                        .count())
                .isPositive();
    }

    @Test
    void unavailable_project_stops_the_application_or_is_retried() throws Exception {
        nodes.ask("postgres", "create database " + TestCluster.identifier(analytics));

        application().run(context -> {
            assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(ProjectsUnavailableException.class.getName())
                    .hasStackTraceContaining(analytics);
            assertThat(new CitusTenancyFailureAnalyzer()
                            .analyze(context.getStartupFailure())
                            .getAction())
                    .contains("set citus-tenancy.projects.analytics.adopt-existing=true");
        });
        application()
                .withPropertyValues("citus-tenancy.start.fail-fast=false", "citus-tenancy.start.retry-every=200ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    CompositeHealthContributor health = context.getBean(CompositeHealthContributor.class);
                    assertThat(health(health, "app").getStatus()).isEqualTo(Status.UP);
                    assertThat(health(health, "analytics").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);

                    nodes.discard(List.of(analytics));
                    Await.until(() -> health(health, "analytics").getStatus().equals(Status.UP));
                    assertThat(context.getBean(Injected.class)
                                    .analytics()
                                    .sql("select count(*) from events")
                                    .query(Long.class)
                                    .single())
                            .isZero();
                });
    }

    private void validation_changes_nothing() {
        ApplicationContextRunner validating = application().withPropertyValues("citus-tenancy.start.mode=validate");
        validating.run(context -> assertThat(context).hasNotFailed());
        validating
                .withPropertyValues("citus-tenancy.projects.app.connection-limit=7")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("is not what the configuration says"));
    }

    private static Health health(CompositeHealthContributor contributor, String name) {
        return ((HealthIndicator) contributor.getContributor(name)).health();
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        ProjectJooqAutoConfiguration.class,
                        ProjectHealthAutoConfiguration.class,
                        ProjectMetricsAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withUserConfiguration(Injection.class)
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                        "citus-tenancy.projects.analytics.database=" + analytics,
                        "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1");
    }

    /** What an application has injected. */
    record Injected(JdbcClient app, JdbcClient analytics, PlatformTransactionManager transactions, String user) {}

    @Configuration(proxyBeanMethods = false)
    static class Injection {

        @Bean
        Injected injected(
                @OfProject("app") JdbcClient app,
                @OfProject("analytics") JdbcClient analytics,
                @Qualifier("analytics") PlatformTransactionManager transactions) {
            String user = app.sql("select current_user").query(String.class).single();
            return new Injected(app, analytics, transactions, user);
        }
    }
}

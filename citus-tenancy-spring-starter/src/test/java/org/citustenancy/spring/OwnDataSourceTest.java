package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManagerFactory;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.internal.diagnostics.CitusTenancyFailureAnalyzer;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.session.autoconfigure.SessionAutoConfiguration;
import org.springframework.boot.session.jdbc.autoconfigure.JdbcSessionAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableWebApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.jdbc.config.annotation.SpringSessionDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Applications with a database of their own beside projects, on real nodes. */
@RequiresCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnDataSourceTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("own_app");
    private final String analytics = TestCluster.unique("own_analytics");
    private final String control = TestCluster.unique("own_control");

    OwnDataSourceTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeEach
    void createControl() throws SQLException {
        nodes.discard(List.of(control));
        nodes.ask("postgres", "create database " + TestCluster.identifier(control));
    }

    /** The tests share the projects, because creating them takes longest. */
    @AfterAll
    void discard() throws SQLException {
        nodes.discard(List.of(app, analytics, control));
    }

    @Test
    void data_source_of_spring_boot_stays_the_default_beside_projects() {
        application()
                .withConfiguration(AutoConfigurations.of(HibernateJpaAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + url(control),
                        "spring.datasource.username=" + nodes.options().admin(),
                        "spring.datasource.password="
                                + nodes.options().adminPassword().reveal(),
                        "spring.flyway.locations=classpath:db/control")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    DataSource own = context.getBean(DataSource.class);
                    assertThat(own).isSameAs(context.getBean("dataSource"));
                    assertThat(context.getBean(JdbcTemplate.class).getDataSource())
                            .isSameAs(own);
                    assertThat(((EntityManagerFactoryInfo) context.getBean(EntityManagerFactory.class)).getDataSource())
                            .isSameAs(own);
                    assertThat(context.getBean(PlatformTransactionManager.class))
                            .isSameAs(context.getBean("transactionManager"))
                            .isInstanceOf(JpaTransactionManager.class);
                    JdbcClient client = context.getBean(JdbcClient.class);
                    DSLContext sql = context.getBean(DSLContext.class);
                    new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                            .executeWithoutResult(transaction -> {
                                client.sql("insert into tenants values (1, 'app')")
                                        .update();
                                assertThat(sql.fetchCount(org.jooq.impl.DSL.table("tenants")))
                                        .isEqualTo(1);
                                transaction.setRollbackOnly();
                            });
                    assertThat(sql.fetchCount(org.jooq.impl.DSL.table("tenants")))
                            .isZero();
                    assertThat(context.getBeansOfType(Flyway.class))
                            .containsOnlyKeys("flyway", "appFlyway", "analyticsFlyway");
                    assertThat(((HealthIndicator) context.getBean("dbHealthContributor")).health())
                            .as("db")
                            .returns(Status.UP, Health::getStatus);
                    assertThat(names(context, "citusTenancyHealthContributor"))
                            .containsExactlyInAnyOrder("app", "analytics", "nodes");
                    assert_projects_are_used_by_name_or_scope(
                            context.getBean(ProjectPools.class),
                            Map.of(
                                    app,
                                    context.getBean("appJdbcClient", JdbcClient.class),
                                    analytics,
                                    context.getBean("analyticsJdbcClient", JdbcClient.class),
                                    "",
                                    context.getBean("currentProjectJdbcClient", JdbcClient.class)));
                });
    }

    private static List<String> names(ApplicationContext context, String contributor) {
        return context.getBean(contributor, CompositeHealthContributor.class).stream()
                .map(HealthContributors.Entry::name)
                .toList();
    }

    private void assert_projects_are_used_by_name_or_scope(ProjectPools pools, Map<String, JdbcClient> clients) {
        assertThat(database(clients.get(app))).isEqualTo(app);
        assertThat(database(clients.get(analytics))).isEqualTo(analytics);
        assertThat(clients.get(app)
                        .sql("select to_regclass('users') is not null and to_regclass('tenants') is null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        try (ProjectScope scope = pools.scopes().open(analytics, analytics + "_user")) {
            assertThat(scope).isNotNull();
            assertThat(database(clients.get(""))).isEqualTo(analytics);
        }
    }

    private static String database(JdbcClient client) {
        return client.sql("select current_database()").query(String.class).single();
    }

    @Test
    void data_source_bean_of_the_application_is_migrated_and_injected_without_a_name() {
        application()
                .withPropertyValues("spring.flyway.locations=classpath:db/control")
                .withBean("control", DataSource.class, this::controlDataSource)
                .withBean("archive", DataSource.class, this::controlDataSource, bean -> ((AbstractBeanDefinition) bean)
                        .setDefaultCandidate(false))
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("dataSource");
                    assertThat(names(context, "dbHealthContributor")).containsExactlyInAnyOrder("control", "archive");
                    assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("control"));
                    assertThat(context.getBean(JdbcClient.class)
                                    .sql("select count(*) from tenants")
                                    .query(Long.class)
                                    .single())
                            .isZero();
                });
    }

    @Test
    void migrations_of_projects_do_not_run_in_the_database_of_the_application() throws SQLException {
        application()
                .withBean("control", DataSource.class, this::controlDataSource)
                .run(context -> {
                    FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("spring.flyway.locations", "classpath:db/migration/common");
                    assertThat(analysis.getAction()).contains("spring.flyway.enabled=false");
                });
        assertThat(nodes.ask(control, "select count(*) from pg_tables where schemaname = 'public'"))
                .containsExactly("0");
    }

    @Test
    void sessions_need_a_database_that_does_not_depend_on_the_current_project() throws SQLException {
        WebApplicationContextRunner sessions = new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        SessionAutoConfiguration.class,
                        JdbcSessionAutoConfiguration.class))
                .withPropertyValues(properties())
                .withPropertyValues("spring.session.jdbc.initialize-schema=always");
        sessions.run(context -> {
            FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("\"jdbcSessionDataSourceScriptDatabaseInitializer\"", "no current project");
            assertThat(analysis.getAction())
                    .contains("citus-tenancy.primary", "spring.datasource.url", "@SpringSessionDataSource");
        });
        sessions.withUserConfiguration(SessionsInApp.class).run(context -> assertKeepsSessions(context, app));
        sessions.withBean("control", DataSource.class, this::controlDataSource)
                .run(context -> assertKeepsSessions(context, control));
        sessions.withPropertyValues("citus-tenancy.primary=analytics")
                .run(context -> assertKeepsSessions(context, analytics));
    }

    private void assertKeepsSessions(AssertableWebApplicationContext context, String database) throws SQLException {
        assertThat(context).hasNotFailed();
        SessionRepository<?> sessions = context.getBean(SessionRepository.class);
        saveSession(sessions);
        assertThat(nodes.ask(database, "select count(*) from spring_session")).containsExactly("1");
    }

    private static <S extends Session> void saveSession(SessionRepository<S> sessions) {
        sessions.save(sessions.createSession());
    }

    @Configuration(proxyBeanMethods = false)
    static class SessionsInApp {

        // begin spring-sessions
        @Bean(defaultCandidate = false)
        @SpringSessionDataSource
        DataSource sessions(@OfProject("app") DataSource app) {
            return app;
        }

        @Bean(defaultCandidate = false)
        @Qualifier("springSessionTransactionOperations")
        TransactionOperations sessionTransactions(@OfProject("app") PlatformTransactionManager app) {
            return new TransactionTemplate(
                    app, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
        }
        // end spring-sessions
    }

    private DriverManagerDataSource controlDataSource() {
        return new DriverManagerDataSource(
                url(control),
                nodes.options().admin(),
                nodes.options().adminPassword().reveal());
    }

    private String url(String database) {
        return nodes.options()
                .connection(database, nodes.options().admin(), nodes.options().adminPassword())
                .jdbcUrl();
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        ProjectJooqAutoConfiguration.class,
                        ProjectHealthAutoConfiguration.class,
                        DataSourceHealthContributorAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        JooqAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withUserConfiguration(NoEntities.class)
                .withPropertyValues(properties());
    }

    private String[] properties() {
        return new String[] {
            "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
            "citus-tenancy.cluster.admin=" + nodes.options().admin(),
            "citus-tenancy.cluster.password=" + nodes.options().adminPassword().reveal(),
            "citus-tenancy.projects.app.database=" + app,
            "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
            "citus-tenancy.projects.analytics.database=" + analytics,
            "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1"
        };
    }

    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage(basePackages = "org.citustenancy.spring.none")
    static class NoEntities {}
}

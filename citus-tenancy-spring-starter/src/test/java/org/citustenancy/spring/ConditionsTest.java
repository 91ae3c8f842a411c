package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectLiquibaseAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectMetricsAutoConfiguration;
import org.citustenancy.spring.errors.InvalidPropertiesException;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.diagnostics.CitusTenancyFailureAnalyzer;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.users.Secret;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;

/** Which beans there are under which conditions; no cluster is asked. */
class ConditionsTest {

    private final ApplicationContextRunner unconfigured = new ApplicationContextRunner()
            .withPropertyValues("spring.jooq.sql-dialect=POSTGRES")
            .withConfiguration(AutoConfigurations.of(
                    CitusTenancyAutoConfiguration.class,
                    ProjectFlywayAutoConfiguration.class,
                    ProjectHealthAutoConfiguration.class,
                    ProjectJooqAutoConfiguration.class,
                    ProjectMetricsAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceHealthContributorAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    JdbcClientAutoConfiguration.class,
                    JooqAutoConfiguration.class,
                    FlywayAutoConfiguration.class));

    private final ApplicationContextRunner one = unconfigured.withPropertyValues(
            "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
            "citus-tenancy.cluster.password=admin-Secret-1",
            "citus-tenancy.start.mode=none",
            "citus-tenancy.flyway.enabled=false",
            "citus-tenancy.projects.app.users.app_user.password=app-Secret-1");

    private final ApplicationContextRunner two =
            one.withPropertyValues("citus-tenancy.projects.analytics.users.analytics_user.password=analytics-Secret-1");

    @Test
    void spring_boot_keeps_its_beans_when_no_project_is_configured() {
        unconfigured
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://localhost:1/own", "spring.flyway.enabled=false")
                .run(context -> {
                    assertThat(context).doesNotHaveBean(ProjectPools.class).hasBean("dataSource");
                    assertThat(context).hasBean("dbHealthContributor").doesNotHaveBean("citusTenancyHealthContributor");
                });
    }

    @Test
    void starter_adds_no_beans_when_it_is_disabled() {
        one.withPropertyValues(
                        "citus-tenancy.enabled=false",
                        "spring.datasource.url=jdbc:postgresql://localhost:1/own",
                        "spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ProjectPools.class));
    }

    @Test
    void unqualified_injection_gets_the_primary_project() {
        two.withPropertyValues("citus-tenancy.primary=analytics", "spring.flyway.enabled=false")
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean("dataSource");
                    assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("analyticsDataSource"));
                    assertThat(context.getBean(JdbcClient.class)).isSameAs(context.getBean("analyticsJdbcClient"));
                    assertThat(context.getBean(DSLContext.class)).isSameAs(context.getBean("analyticsDslContext"));
                    assertThat(context.getBean(PlatformTransactionManager.class))
                            .isSameAs(context.getBean("analyticsTransactionManager"));
                    assertThat(context.getBean(JdbcTemplate.class).getDataSource())
                            .isSameAs(context.getBean("analyticsDataSource"));
                });
        one.withPropertyValues("spring.flyway.enabled=false")
                .run(context ->
                        assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("appDataSource")));
    }

    @Test
    void unqualified_injection_gets_the_current_project_when_none_is_primary() {
        two.withPropertyValues("spring.flyway.enabled=false").run(context -> {
            DataSource injected = context.getBean(JdbcTemplate.class).getDataSource();
            assertThat(injected).isSameAs(context.getBean("currentProjectDataSource"));
            assertThat(injected.isWrapperFor(HikariDataSource.class)).isFalse();
            assertThat(catchThrowable(() -> injected.getConnection())).isInstanceOf(OutsideScopeException.class);
        });
    }

    @Test
    void unqualified_injection_gets_the_data_source_of_the_application_unless_a_project_is_primary() {
        ApplicationContextRunner withOther = two.withPropertyValues("spring.flyway.enabled=false")
                .withBean("other", DataSource.class, DriverManagerDataSource::new);

        withOther.run(context ->
                assertThat(context.getBean(JdbcTemplate.class).getDataSource()).isSameAs(context.getBean("other")));
        one.withPropertyValues("spring.flyway.enabled=false")
                .withBean("other", DataSource.class, DriverManagerDataSource::new)
                .run(context -> {
                    assertThat(context.getBean(DataSource.class))
                            .as("beside the only project")
                            .isSameAs(context.getBean("other"));
                    assertThat(context.getBean(Definitions.class).primary()).isEmpty();
                });
        withOther.withPropertyValues("citus-tenancy.primary=app").run(context -> assertThat(
                        context.getBean(DataSource.class))
                .isSameAs(context.getBean("appDataSource")));
    }

    @Test
    void primary_project_and_data_source_of_spring_boot_are_refused_as_two_defaults() {
        two.withPropertyValues(
                        "citus-tenancy.primary=app",
                        "spring.datasource.url=jdbc:postgresql://localhost:1/own",
                        "spring.flyway.enabled=false")
                .run(context -> {
                    FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("citus-tenancy.primary is \"app\", and spring.datasource.url defines");
                    assertThat(analysis.getAction()).contains("@OfProject(\"app\")");
                });
    }

    @Test
    void data_source_bean_that_is_no_default_candidate_leaves_the_only_project_the_default() {
        one.withPropertyValues("spring.flyway.enabled=false")
                .withBean("archive", DataSource.class, DriverManagerDataSource::new, bean -> ((AbstractBeanDefinition)
                                bean)
                        .setDefaultCandidate(false))
                .run(context ->
                        assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("appDataSource")));
        one.withPropertyValues("spring.flyway.enabled=false", "spring.datasource.url=")
                .run(context -> assertThat(context.getBean(DataSource.class))
                        .as("an empty property")
                        .isSameAs(context.getBean("appDataSource")));
    }

    @Test
    void admin_password_is_required_only_for_what_uses_the_account() {
        ApplicationContextRunner withoutPassword = unconfigured.withPropertyValues(
                "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
                "citus-tenancy.start.mode=none",
                "citus-tenancy.flyway.enabled=false",
                "spring.flyway.enabled=false",
                "citus-tenancy.projects.app.users.app_user.password=app-Secret-1");
        withoutPassword.run(context -> {
            assertThat(context).hasNotFailed().hasBean("appDataSource");
            assertThat(catchThrowable(() -> context.getBean(CitusCluster.class)))
                    .rootCause()
                    .isInstanceOf(InvalidPropertiesException.class)
                    .hasMessageContaining("citus-tenancy.cluster.password is missing");
        });
        for (String use : List.of("start.mode=validate", "failover.enabled=true", "autosuspend.enabled=true")) {
            withoutPassword.withPropertyValues("citus-tenancy." + use).run(context -> assertThat(
                            context.getStartupFailure())
                    .as(use)
                    .hasStackTraceContaining("citus-tenancy.cluster.password is missing"));
        }
    }

    @Test
    void health_and_flyway_require_their_libraries() {
        two.withPropertyValues("spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasSingleBean(CompositeHealthContributor.class));
        two.withClassLoader(new FilteredClassLoader("org.flywaydb", "org.springframework.boot.health.contributor"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean("citusTenancyHealthContributor")
                        .doesNotHaveBean("appFlyway"));
    }

    @Test
    void application_without_jooq_has_all_other_beans() {
        two.withPropertyValues("spring.flyway.enabled=false")
                .withClassLoader(new FilteredClassLoader("org.jooq", "org.springframework.boot.jooq"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasBean("appJdbcClient")
                        .hasSingleBean(ProjectPools.class)
                        .doesNotHaveBean("appDslContext"));
    }

    @Test
    void flyway_of_spring_boot_is_replaced_by_one_for_each_project() {
        two.withPropertyValues("citus-tenancy.flyway.enabled=true", "citus-tenancy.start.fail-fast=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBeanNames(Flyway.class)
                        .containsExactlyInAnyOrder("appFlyway", "analyticsFlyway"));
    }

    @Test
    void flyway_bean_of_each_project_migrates_it() {
        List<String> configured = new CopyOnWriteArrayList<>();
        two.withPropertyValues("citus-tenancy.flyway.enabled=true", "citus-tenancy.start.fail-fast=false")
                .withBean(
                        FlywayConfigurationCustomizer.class,
                        () -> configuration -> configured.add(configuration.getUrl()))
                .run(context -> assertThat(configured)
                        .containsExactlyInAnyOrder(
                                "jdbc:postgresql://localhost:1/app", "jdbc:postgresql://localhost:1/analytics"));
    }

    @Test
    void empty_job_is_no_job() {
        one.withPropertyValues("citus-tenancy.job=", "spring.flyway.enabled=false")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("citusTenancyJob"));
    }

    @Test
    void migrations_do_not_run_when_no_project_is_configured() {
        unconfigured
                .withConfiguration(AutoConfigurations.of(
                        ProjectLiquibaseAutoConfiguration.class, LiquibaseAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=jdbc:postgresql://localhost:1/postgres",
                        "citus-tenancy.cluster.password=admin-Secret-1")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(ProjectPools.class)
                        .hasBean("currentProjectDataSource"));
    }

    @Test
    void environment_variables_alone_configure_a_project() {
        Map<String, Object> variables = Map.of(
                "CITUSTENANCY_CLUSTER_URL", "jdbc:postgresql://localhost:1/postgres",
                "CITUSTENANCY_CLUSTER_PASSWORD", "admin-Secret-1",
                "CITUSTENANCY_START_MODE", "none",
                "CITUSTENANCY_PROJECTS_APP_USERS_APPUSER_PASSWORD", "app-Secret-1");
        unconfigured
                .withPropertyValues("spring.flyway.enabled=false", "citus-tenancy.flyway.enabled=false")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "test-" + StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables)))
                .run(context -> assertThat(context).hasNotFailed().hasBean("appDataSource"));
    }

    @Test
    void password_change_ends_sessions_unless_a_property_forbids_it() {
        ApplicationContextRunner connected = one.withPropertyValues("spring.flyway.enabled=false");
        connected.run(
                context -> assertThat(context.getBean(ClusterConnection.class).options())
                        .returns(true, ClusterOptions::endSessionsOnRotation));
        connected
                .withPropertyValues("citus-tenancy.cluster.end-sessions-on-rotation=false")
                .run(context -> assertThat(
                                context.getBean(ClusterConnection.class).options())
                        .returns(false, ClusterOptions::endSessionsOnRotation));
    }

    @Test
    void connection_details_bean_overrides_the_cluster_of_the_properties() {
        CitusConnectionDetails details = new CitusConnectionDetails() {
            @Override
            public String jdbcUrl() {
                return "jdbc:postgresql://elsewhere:7/postgres";
            }

            @Override
            public String admin() {
                return "postgres";
            }

            @Override
            public Secret adminPassword() {
                return Secret.of("admin-Secret-2");
            }
        };
        two.withPropertyValues("spring.flyway.enabled=false")
                .withBean(CitusConnectionDetails.class, () -> details)
                .run(context -> {
                    assertThat(context.getBean(CitusConnectionDetails.class)).isSameAs(details);
                    assertThat(context.getBean(ProjectPools.class)
                                    .pool("app", "app_user")
                                    .toString())
                            .contains("app_user@app");
                });
    }

    @Test
    void bean_of_the_application_takes_the_place_of_one_with_its_name() {
        JdbcClient client = JdbcClient.create(new DriverManagerDataSource());
        JdbcTemplate template = new JdbcTemplate(new DriverManagerDataSource());
        two.withPropertyValues("citus-tenancy.primary=app", "spring.flyway.enabled=false")
                .withBean("analyticsJdbcClient", JdbcClient.class, () -> client)
                .withBean("analyticsJdbcTemplate", JdbcTemplate.class, () -> template)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean("analyticsJdbcClient")).isSameAs(client);
                    assertThat(context.getBean("analyticsJdbcTemplate")).isSameAs(template);
                });
        DataSource slow = new DriverManagerDataSource();
        one.withPropertyValues("spring.flyway.enabled=false")
                .withBean("appDataSource", DataSource.class, () -> slow)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(DataSource.class)).isSameAs(slow);
                    assertThat(context.getBean("appJdbcTemplate", JdbcTemplate.class)
                                    .getDataSource())
                            .isSameAs(slow);
                    assertThat(context.getBean(JdbcTemplate.class).getDataSource())
                            .isSameAs(slow);
                });
    }

    @Test
    void each_project_has_templates_beside_those_of_spring_boot() {
        two.withPropertyValues("citus-tenancy.primary=app", "spring.flyway.enabled=false")
                .run(context -> {
                    assertThat(context.getBean(JdbcTemplate.class)).isSameAs(context.getBean("jdbcTemplate"));
                    assertThat(context.getBean("analyticsJdbcTemplate", JdbcTemplate.class)
                                    .getDataSource())
                            .isSameAs(context.getBean("analyticsDataSource"));
                    assertThat(context.getBean(
                                            "currentProjectNamedParameterJdbcTemplate",
                                            NamedParameterJdbcTemplate.class)
                                    .getJdbcTemplate()
                                    .getDataSource())
                            .isSameAs(context.getBean("currentProjectDataSource"));
                });
    }

    @Test
    void customizer_changes_the_registry_after_the_properties() {
        one.withPropertyValues("citus-tenancy.pool.max=7", "spring.flyway.enabled=false")
                .withBean(
                        ProjectPoolsBuilderCustomizer.class,
                        () -> pools -> pools.settings("app", settings -> settings.max(9)))
                .run(context -> assertThat(context.getBean(ProjectPools.class)
                                .pool("app", "app_user")
                                .settings()
                                .max())
                        .isEqualTo(9));
    }

    @Test
    void startup_failure_names_its_property_and_a_remedy() {
        two.withPropertyValues("citus-tenancy.projects.third.database=app", "citus-tenancy.pool.max=0")
                .run(context -> {
                    FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription())
                            .contains("citus-tenancy.pool.max is 0")
                            .contains("citus-tenancy.projects.third.users is empty");
                    assertThat(analysis.getAction()).contains("citus-tenancy.projects.third.users: name one");
                });
        one.withPropertyValues("citus-tenancy.start.mode=create", "spring.flyway.enabled=false")
                .run(context -> {
                    FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
                    assertThat(analysis.getDescription()).contains("localhost:1");
                    assertThat(analysis.getAction()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource({
        "projects.app.databse, projects.app.database",
        "projects.app.users.app_user.pasword, projects.app.users.app_user.password",
        "project.app.database, projects.app.database",
        "pool.idle-timeout-milis, pool.idle-timeout-millis",
        "pool.keepalive-timeout, pool.keepalive-time",
        "cluster.sslmod, cluster.ssl-mode",
        "pool.colour, ''"
    })
    void unknown_property_is_refused_with_a_suggestion(String written, String meant) {
        one.withPropertyValues("citus-tenancy." + written + "=app").run(context -> {
            FailureAnalysis analysis = new CitusTenancyFailureAnalyzer().analyze(context.getStartupFailure());
            assertThat(analysis.getDescription())
                    .contains("citus-tenancy." + written)
                    .contains("does not exist");
            if (meant.isEmpty()) {
                assertThat(analysis.getDescription()).doesNotContain("did you mean");
            } else {
                assertThat(analysis.getDescription()).contains("did you mean citus-tenancy." + meant + "?");
            }
        });
    }
}

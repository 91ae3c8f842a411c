package org.citustenancy.spring.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.database.jvm.JdbcConnection;
import liquibase.integration.spring.SpringLiquibase;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.citustenancy.spring.OfProject;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectLiquibaseAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Change logs of two projects, one of them with users who wait for its tables. */
@RequiresCluster
class LiquibaseTest {

    private static final String HOW_TABLES_LIE =
            "select table_name || ' ' || citus_table_type from citus_tables order by table_name::text";

    private final TestCluster nodes;
    private final String app = TestCluster.unique("liquibase_app");
    private final String analytics = TestCluster.unique("liquibase_analytics");
    private final String reader = app + "_reader";

    LiquibaseTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws SQLException {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void projects_are_migrated_concurrently() {
        // Threads that are made from here on inherit this scope, which is for one run at a time.
        assertThat(Scope.getCurrentScope()).isNotNull();
        CyclicBarrier bothAtOnce = new CyclicBarrier(2);
        application()
                .withBean(ProjectInitializer.class, () -> (project, owner) -> {
                    try {
                        bothAtOnce.await(30, TimeUnit.SECONDS);
                    } catch (Exception alone) {
                        throw new IllegalStateException("No other project is worked on meanwhile", alone);
                    }
                })
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(list(context, "app", HOW_TABLES_LIE))
                            .containsExactly("orders distributed", "settings reference", "users distributed");
                    assertThat(list(context, "analytics", HOW_TABLES_LIE)).containsExactly("settings reference");
                    assertThat(list(context, "analytics", "select value from settings"))
                            .containsExactly("analytics");
                    assertThat(list(context, "app", "select id from databasechangelog order by orderexecuted"))
                            .containsExactly("settings", "users", "orders", "orders-with-users");

                    assertThat(context.getBeanNamesForType(SpringLiquibase.class))
                            .containsExactlyInAnyOrder("appLiquibase", "analyticsLiquibase");
                    assertThat(context.getBean(Injected.class).liquibase())
                            .isSameAs(context.getBean("analyticsLiquibase"));
                    // Who may read one table got it, though it came after him.
                    assertThat(nodes.ask(
                                    nodes.embedded().coordinator(),
                                    app,
                                    reader,
                                    "reader-Secret-1",
                                    "select count(*) from users"))
                            .containsExactly("0");
                });
        application().run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(list(context, "app", "select count(*)::text from databasechangelog"))
                    .containsExactly("4");
        });
    }

    @Test
    void rollback_undistributes_a_table() {
        application().run(context -> {
            assertThat(context).hasNotFailed();
            try (Connection connection =
                            context.getBean("appDataSource", DataSource.class).getConnection();
                    Liquibase liquibase = new Liquibase(
                            "db/changelog/app/db.changelog-master.yaml",
                            new ClassLoaderResourceAccessor(),
                            new JdbcConnection(connection))) {
                liquibase.rollback(1, "");
            }
            assertThat(list(context, "app", HOW_TABLES_LIE)).containsExactly("settings reference", "users distributed");
        });
    }

    @Test
    void failed_change_is_reported_with_its_project_and_file() {
        application()
                .withPropertyValues(
                        "citus-tenancy.liquibase.change-logs=classpath:db/changelog/broken/db.changelog-master.yaml")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("broken/db.changelog-master.yaml")
                        .hasStackTraceContaining("There is no table \"nowhere\" in the schema \"public\""));
    }

    private static List<String> list(ApplicationContext context, String project, String sql) {
        return context.getBean(project + "JdbcClient", JdbcClient.class)
                .sql(sql)
                .query(String.class)
                .list();
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectLiquibaseAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        LiquibaseAutoConfiguration.class))
                .withUserConfiguration(Injection.class)
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                        "citus-tenancy.projects.app.users." + app + "_user.level=owner",
                        "citus-tenancy.projects.app.users." + reader + ".password=reader-Secret-1",
                        "citus-tenancy.projects.app.users." + reader + ".level=tables",
                        "citus-tenancy.projects.app.users." + reader + ".tables=users",
                        "citus-tenancy.projects.analytics.database=" + analytics,
                        "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1");
    }

    /** What an application has injected. */
    record Injected(SpringLiquibase liquibase) {}

    @Configuration(proxyBeanMethods = false)
    static class Injection {

        @Bean
        Injected injected(@OfProject("analytics") SpringLiquibase liquibase) {
            return new Injected(liquibase);
        }
    }
}

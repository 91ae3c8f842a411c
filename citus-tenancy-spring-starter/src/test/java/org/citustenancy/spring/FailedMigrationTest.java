package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectMetricsAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectRequestAutoConfiguration;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.spring.internal.metrics.ProjectMeters;
import org.citustenancy.spring.internal.requests.ProjectFilter;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A project whose migration fails at the start of the application, and works later. */
@RequiresCluster
class FailedMigrationTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("unmigrated_app");
    private final String analytics = TestCluster.unique("unmigrated_analytics");

    FailedMigrationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws SQLException {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void project_is_refused_until_its_migration_is_done_and_a_job_reports_it() throws Exception {
        Job failed = Job.run(properties());
        assertThat(failed.code()).as(failed.output()).isEqualTo(2);
        assertThat(failed.output())
                .contains("Project app (" + app + "): failed: ", "created_by_operator")
                .contains("Project analytics (" + analytics + "): ready")
                .contains("1 of 2 projects are ready, 1 failed")
                .doesNotContain("Secret-1", "a runner began");
        application().run(context -> {
            assertThat(context).hasNotFailed();
            assert_refuses(context);
            assertThat(send(context, "analytics", (request, response) -> {}).getStatus())
                    .isEqualTo(200);

            AtomicBoolean done = new AtomicBoolean();
            Queue<List<Integer>> served = new ConcurrentLinkedQueue<>();
            CompletableFuture<Void> requests = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    serve(context, served);
                }
            });
            nodes.ask(
                    nodes.embedded().coordinator(),
                    app,
                    app + "_user",
                    "app-Secret-1",
                    "create table created_by_operator (id int)");
            Await.until(() -> health(context, "app").getStatus().equals(Status.UP));
            serve(context, served);
            done.set(true);
            requests.join();

            assertThat(served)
                    .isNotEmpty()
                    .as("no request sees the project before its migration")
                    .containsOnly(List.of(1));
            assertThat(ready(context)).isEqualTo(1);
            try (Connection connection =
                    context.getBean("appDataSource", DataSource.class).getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        });
        Job done = Job.run(properties());
        assertThat(done.code()).as(done.output()).isZero();
        assertThat(done.output()).contains("2 of 2 projects are ready, 0 failed");
    }

    /** What a job has written, and its exit code. */
    record Job(int code, String output) {

        static Job run(List<String> properties) throws Exception {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Application.class.getName(),
                    "--spring.docker.compose.enabled=false",
                    "--citus-tenancy.job=migrate"));
            properties.forEach(property -> command.add("--" + property));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
                return new Job(process.waitFor(), text);
            } finally {
                process.destroyForcibly();
            }
        }
    }

    /** An application that works for ever, unless it runs a job. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        CitusTenancyAutoConfiguration.class,
        ProjectFlywayAutoConfiguration.class,
        ProjectRequestAutoConfiguration.class
    })
    static class Application {

        public static void main(String[] arguments) {
            SpringApplication.run(Application.class, arguments);
        }

        @Bean
        CommandLineRunner runner() {
            return arguments -> {
                LoggerFactory.getLogger(Application.class).info("a runner began");
                new CountDownLatch(1).await();
            };
        }
    }

    private void assert_refuses(ApplicationContext context) throws Exception {
        assertThat(health(context, "app").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
        assertThat(health(context, "app").getDetails().get("error")).asString().contains("created_by_operator");
        assertThat(ready(context)).isZero();
        MockHttpServletResponse refused = send(context, "app", (request, response) -> {});
        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
        assertThat(refused.getContentType()).startsWith("application/problem+json");
        assertThat(refused.getContentAsString()).doesNotContain("created_by_operator", app, "Secret");

        assert_refused(context.getBean("appDataSource", DataSource.class));
        ProjectPools pools = context.getBean(ProjectPools.class);
        assert_refused(pools.dataSource(app, app + "_reader"));
        assert_refused(pools.readPool(app, app + "_user").dataSource());
        try (ProjectScope scope = pools.scopes().open(app, app + "_user")) {
            assertThat(scope).isNotNull();
            assert_refused(context.getBean("currentProjectDataSource", DataSource.class));
        }
    }

    private void assert_refused(DataSource dataSource) {
        assertThatThrownBy(dataSource::getConnection)
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("\"" + app + "\" is not available")
                .hasMessageContaining("created_by_operator")
                .hasMessageContaining("tries again every PT0.2S")
                .hasMessageNotContaining("Secret");
    }

    private static void serve(ApplicationContext context, Queue<List<Integer>> served) {
        JdbcClient current = context.getBean("currentProjectJdbcClient", JdbcClient.class);
        try {
            send(
                    context,
                    "app",
                    (request, response) -> served.add(current.sql("select id from created_by_operator")
                            .query(Integer.class)
                            .list()));
        } catch (Exception failure) {
            served.add(List.of());
        }
    }

    private static MockHttpServletResponse send(ApplicationContext context, String project, FilterChain chain)
            throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("X-Project", project);
        MockHttpServletResponse response = new MockHttpServletResponse();
        ((ProjectFilter) context.getBean(FilterRegistrationBean.class).getFilter()).doFilter(request, response, chain);
        return response;
    }

    private double ready(ApplicationContext context) {
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        context.getBean(ProjectMeters.class).bindTo(meters);
        return meters.get("citustenancy.project.ready")
                .tag("project", app)
                .gauge()
                .value();
    }

    private static Health health(ApplicationContext context, String name) {
        CompositeHealthContributor all = context.getBean(CompositeHealthContributor.class);
        return ((HealthIndicator) all.getContributor(name)).health();
    }

    private WebApplicationContextRunner application() {
        return new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        ProjectHealthAutoConfiguration.class,
                        ProjectMetricsAutoConfiguration.class,
                        ProjectRequestAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(properties().toArray(String[]::new));
    }

    private List<String> properties() {
        return List.of(
                "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                "citus-tenancy.cluster.password="
                        + nodes.options().adminPassword().reveal(),
                "citus-tenancy.start.fail-fast=false",
                "citus-tenancy.start.retry-every=200ms",
                "citus-tenancy.request.from=header",
                "citus-tenancy.flyway.locations=classpath:db/unfinished/{project}",
                "citus-tenancy.projects.app.database=" + app,
                "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                "citus-tenancy.projects.app.users." + app + "_user.level=owner",
                "citus-tenancy.projects.app.users." + app + "_reader.password=reader-Secret-1",
                "citus-tenancy.projects.app.users." + app + "_reader.level=read-only",
                "citus-tenancy.projects.analytics.database=" + analytics,
                "citus-tenancy.projects.analytics.users." + analytics + "_user.password=analytics-Secret-1");
    }
}

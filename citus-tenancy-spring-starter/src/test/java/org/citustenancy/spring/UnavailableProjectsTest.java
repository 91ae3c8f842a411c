package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectEndpointAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectMetricsAutoConfiguration;
import org.citustenancy.spring.internal.endpoint.ProjectReport;
import org.citustenancy.spring.internal.endpoint.ProjectsEndpoint;
import org.citustenancy.spring.internal.endpoint.ProjectsReport;
import org.citustenancy.spring.internal.endpoint.RepairingProjectsEndpoint;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.spring.internal.metrics.ProjectMeters;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Nodes, databases and passwords that are not as they should be, in a cluster of its own. */
@Tag("once")
class UnavailableProjectsTest {

    private static final String WRONG_PASSWORD =
            "citus-tenancy.projects.locked.users.locked_user.password=not-His-Secret-1";

    @Test
    void available_projects_serve_and_health_endpoint_and_meters_report_the_others() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            application(nodes)
                    .withPropertyValues("citus-tenancy.endpoint.repair=true")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assert_endpoint_reports_figures_and_plan(context);
                        assert_survives_a_worker_that_is_down(
                                context, embedded.workers().get(1));
                        assert_survives_a_missing_database(context, nodes);
                    });
            application(nodes)
                    .withPropertyValues("citus-tenancy.start.mode=none", WRONG_PASSWORD)
                    .run(context -> {
                        assertThat(health(context, "app").getStatus()).isEqualTo(Status.UP);
                        assertThat(serves(context, "app")).isTrue();
                        assertThat(health(context, "locked").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
                        assertThat(health(context, "locked").getDetails().get("error"))
                                .asString()
                                .contains("password of \"locked_user\"");
                    });
            assert_starts_without_unavailable_projects(nodes);
            assert_starts_while_a_worker_is_down(nodes, embedded.workers().get(0));
            assert_follows_changed_passwords(nodes);
            application(nodes)
                    .withPropertyValues(
                            "citus-tenancy.projects.app.users.app_user.password=app-Secret-2",
                            "citus-tenancy.projects.locked.users.locked_user.password=locked-Secret-2")
                    .run(context -> assert_does_not_wait_for_a_dead_cluster(context, embedded.coordinator()));
        }
    }

    private static void assert_endpoint_reports_figures_and_plan(ApplicationContext context) throws Exception {
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        context.getBean(ProjectMeters.class).bindTo(meters);
        Await.until(() -> gauge(meters, "citustenancy.project.size", "app") > 1_000_000);
        assertThat(gauge(meters, "citustenancy.project.shards", "app")).isZero();
        assertThat(gauge(meters, "citustenancy.project.ready", "app")).isEqualTo(1);
        // Two have meters of their own here, so the third is summed up.
        assertThat(gauge(meters, "citustenancy.project.size", ProjectMeters.OTHERS))
                .isGreaterThan(1_000_000);
        assertThat(meters.find("citustenancy.project.size").gauges()).hasSize(3);

        ProjectsEndpoint endpoint = context.getBean(ProjectsEndpoint.class);
        Await.until(
                () -> "READY".equals(endpoint.projects().projects().get("app").state()));
        ProjectsReport report = endpoint.projects();
        assertThat(report.projects()).containsOnlyKeys("app", "gone", "locked");
        assertThat(report.projects().get("app").state()).isEqualTo("READY");
        assertThat(report.cluster().nodes()).hasSize(3);
        assertThat(report.cluster().roomForProjects()).isPositive();
        ProjectReport one = endpoint.project("app");
        assertThat(one.plan()).isEmpty();
        assertThat(endpoint.project("none")).isNull();
    }

    private static void assert_survives_a_worker_that_is_down(ApplicationContext context, EmbeddedNode worker)
            throws Exception {
        worker.kill();
        assertThat(serves(context, "app")).isTrue();
        assertThat(health(context, "app").getStatus()).isEqualTo(Status.UP);
        Health down = health(context, "nodes");
        assertThat(down.getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
        assertThat(down.getDetails().keySet()).anyMatch(address -> address.endsWith(":" + worker.port()));
        Await.until(() -> context.getBean(ProjectsEndpoint.class).projects().cluster().unanswered().stream()
                .anyMatch(node -> node.contains(String.valueOf(worker.port()))));
        worker.start();
        Await.until(() -> health(context, "nodes").getStatus().equals(Status.UP));
    }

    private static void assert_survives_a_missing_database(ApplicationContext context, TestCluster nodes)
            throws Exception {
        nodes.discard(List.of("gone"));
        assertThat(health(context, "gone").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
        assertThat(health(context, "gone").getDetails().get("error")).asString().contains("no database");
        assertThat(serves(context, "app")).isTrue();
        assertThat(health(context, "app").getStatus()).isEqualTo(Status.UP);
        ProjectsEndpoint endpoint = context.getBean(ProjectsEndpoint.class);
        ProjectReport gone = endpoint.project("gone");
        assertThat(gone.plan()).isNull();
        assertThat(gone.planProblem()).contains("Rows of the project \"gone\" are lost");
        assertThatThrownBy(() -> ((RepairingProjectsEndpoint) endpoint).repair("gone"))
                .isInstanceOf(InvalidEndpointRequestException.class);

        acceptLoss(nodes);
        assertThat(((RepairingProjectsEndpoint) endpoint).repair("gone")).isNotEmpty();
        // The pool remembers for a second that it was refused, and the repair may be quicker than that.
        Await.until(() -> health(context, "gone").getStatus().equals(Status.UP));
    }

    /** What is left to do then needs the user's password, which the application knows. */
    private static void acceptLoss(TestCluster nodes) {
        try (CitusCluster cluster = nodes.connect()) {
            Project gone = cluster.getProject("gone");
            assertThatThrownBy(() -> gone.repair(RepairOptions::acceptingLoss))
                    .hasMessageContaining("give the password with the user");
        }
    }

    /** One has no database, one another password than its user; the third is used in any order. */
    private static void assert_starts_without_unavailable_projects(TestCluster nodes) throws Exception {
        nodes.discard(List.of("gone"));
        ApplicationContextRunner two = application(nodes)
                .withPropertyValues(
                        "citus-tenancy.start.fail-fast=false", "citus-tenancy.start.retry-every=1h", WRONG_PASSWORD);
        two.withPropertyValues("citus-tenancy.start.mode=none").run(context -> {
            assert_only_app_serves(context);
            assertThat(error(context, "gone")).contains("\"gone\" has no database");
            assertThat(error(context, "locked")).contains("password of \"locked_user\"");
        });
        two.withPropertyValues("citus-tenancy.start.mode=validate").run(context -> {
            assert_only_app_serves(context);
            assertThat(error(context, "gone"))
                    .contains("Rows of the project \"gone\" are lost")
                    .doesNotContainIgnoringCase("create database");
            assertThat(error(context, "locked"))
                    .contains("is not what the configuration says. It needs ", "set the password of \"locked_user\"");
        });
        two.withPropertyValues("citus-tenancy.start.mode=none")
                .withConfiguration(AutoConfigurations.of(ProjectFlywayAutoConfiguration.class))
                .run(context -> {
                    assert_only_app_serves(context);
                    assertThat(context.getBean("appJdbcClient", JdbcClient.class)
                                    .sql("select count(*) from settings")
                                    .query(Long.class)
                                    .single())
                            .isZero();
                    assertThat(error(context, "gone")).contains("\"gone\" does not exist");
                    assertThat(error(context, "locked")).contains("password authentication failed");
                });
        acceptLoss(nodes);
    }

    private static void assert_only_app_serves(AssertableApplicationContext context) {
        assertThat(context).hasNotFailed();
        assertThat(serves(context, "app")).isTrue();
        assertThat(health(context, "app").getStatus()).isEqualTo(Status.UP);
        assertThat(health(context, "gone").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
        assertThat(health(context, "locked").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
    }

    private static void assert_starts_while_a_worker_is_down(TestCluster nodes, EmbeddedNode worker) throws Exception {
        ApplicationContextRunner migrated =
                application(nodes).withConfiguration(AutoConfigurations.of(ProjectFlywayAutoConfiguration.class));
        migrated.run(context -> assertThat(context).hasNotFailed());
        worker.kill();
        application(nodes).withPropertyValues("citus-tenancy.start.mode=none").run(context -> {
            assertThat(health(context, "app").getStatus()).isEqualTo(Status.UP);
            // With this mode the application does not ask the cluster.
            assertThat(health(context, "nodes").getStatus()).isEqualTo(Status.UNKNOWN);
        });
        migrated.withPropertyValues("citus-tenancy.start.fail-fast=false", "citus-tenancy.start.retry-every=200ms")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(serves(context, "app"))
                            .as("no migration is pending")
                            .isTrue();
                    assertThat(health(context, "nodes").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
                    assertThat(health(context, "app").getStatus()).isEqualTo(ProjectsHealth.DOWN_ALONE);
                    assertThat(error(context, "app")).contains(String.valueOf(worker.port()));

                    worker.start();
                    Await.until(() -> health(context, "app").getStatus().equals(Status.UP));
                    assertThat(health(context, "nodes").getStatus()).isEqualTo(Status.UP);
                });
    }

    /** Another process changes the passwords, then the files and the source. */
    private static void assert_follows_changed_passwords(TestCluster nodes) throws Exception {
        Secret ofAdmin = nodes.options().adminPassword();
        Path directory = Files.createTempDirectory("secrets");
        Path admin = Files.writeString(directory.resolve("admin"), ofAdmin.reveal());
        Path app = Files.writeString(directory.resolve("app"), "app-Secret-1\n");
        AtomicReference<Secret> ofLocked = new AtomicReference<>(Secret.of("locked-Secret-1"));
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CitusTenancyAutoConfiguration.class))
                .withBean(SecretSource.class, () -> (database, user) -> Optional.of(ofLocked.get()))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password-file=" + admin,
                        "citus-tenancy.start.mode=none",
                        "citus-tenancy.projects.app.users.app_user.password-file=" + app,
                        "citus-tenancy.projects.locked.users.locked_user.level=owner")
                .run(context -> {
                    CitusCluster cluster = context.getBean(CitusCluster.class);
                    assertThat(cluster.projects()).isNotEmpty();
                    assertThat(serves(context, "app")).isTrue();
                    assertThat(serves(context, "locked")).isTrue();
                    try (CitusCluster other = nodes.connect()) {
                        other.users().rotatePassword("app_user", Secret.of("app-Secret-2"));
                        other.users().rotatePassword("locked_user", Secret.of("locked-Secret-2"));
                        other.users().rotateAdminPassword(Secret.of("admin-Secret-2"));
                        Files.writeString(app, "app-Secret-2\n");
                        ofLocked.set(Secret.of("locked-Secret-2"));
                        Files.writeString(admin, "admin-Secret-2");
                        // Sessions that were open before are not refused.
                        nodes.ask(
                                nodes.embedded().coordinator(),
                                "postgres",
                                nodes.options().admin(),
                                "admin-Secret-2",
                                "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
                                        + "and backend_type = 'client backend'");
                        Await.until(() -> servesNow(context, "app") && servesNow(context, "locked"));
                        assertThat(cluster.projects()).isNotEmpty();
                    }
                    // The other connection may still have sessions that were terminated.
                    try (CitusCluster last = CitusCluster.connect(ClusterOptions.of(
                            nodes.options().jdbcUrl(), nodes.options().admin(), Secret.of("admin-Secret-2")))) {
                        last.users().rotateAdminPassword(ofAdmin);
                    }
                });
    }

    private static boolean servesNow(ApplicationContext context, String project) {
        try {
            return serves(context, project);
        } catch (DataAccessException refused) {
            return false;
        }
    }

    private static String error(ApplicationContext context, String project) {
        return String.valueOf(health(context, project).getDetails().get("error"));
    }

    private static void assert_does_not_wait_for_a_dead_cluster(ApplicationContext context, EmbeddedNode coordinator)
            throws Exception {
        assertThat(context.getBeansOfType(RepairingProjectsEndpoint.class)).isEmpty();
        MeterRegistry meters = context.getBean(MeterRegistry.class);
        context.getBean(ProjectMeters.class).bindTo(meters);
        Await.until(() -> gauge(meters, "citustenancy.project.size", "app") > 0);
        coordinator.kill();
        long before = System.nanoTime();
        gauge(meters, "citustenancy.project.size", "app");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
        Await.until(() -> Double.isNaN(gauge(meters, "citustenancy.project.size", "app")));
        assertThat(context.getBean(ProjectsEndpoint.class).projects().cluster().problem())
                .isNotBlank();
    }

    @Test
    void meters_health_and_shutdown_do_not_wait_for_a_coordinator_that_accepts_connections_and_is_silent()
            throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            application(
                            "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres",
                            "postgres",
                            "admin-Secret-1")
                    .withPropertyValues("citus-tenancy.start.mode=none")
                    .run(context -> {
                        MeterRegistry meters = context.getBean(MeterRegistry.class);
                        context.getBean(ProjectMeters.class).bindTo(meters);
                        ClusterConnection connection = context.getBean(ClusterConnection.class);
                        CompletableFuture<CitusCluster> connecting = CompletableFuture.supplyAsync(connection::get);
                        try (Socket accepted = silent.accept()) {
                            assertThat(CompletableFuture.supplyAsync(
                                            () -> gauge(meters, "citustenancy.project.size", "app")))
                                    .as("the meter")
                                    .succeedsWithin(Duration.ofSeconds(3))
                                    .isEqualTo(Double.NaN);
                            assertThat(CompletableFuture.supplyAsync(() -> health(context, "nodes")))
                                    .succeedsWithin(Duration.ofSeconds(3))
                                    .returns(Status.UNKNOWN, Health::getStatus);
                            assertThat(CompletableFuture.runAsync(context::close))
                                    .as("the shutdown")
                                    .succeedsWithin(Duration.ofSeconds(3));
                            assertThat(accepted.isClosed()).isFalse();
                            assertThat(connecting).isNotDone();
                        }
                        silent.close();
                        assertThat(connecting).failsWithin(Duration.ofSeconds(10));
                    });
        }
    }

    private static boolean serves(ApplicationContext context, String project) {
        return context.getBean(project + "JdbcClient", JdbcClient.class)
                        .sql("select 1")
                        .query(Integer.class)
                        .single()
                == 1;
    }

    private static double gauge(MeterRegistry meters, String name, String project) {
        return meters.get(name).tag("project", project).gauge().value();
    }

    private static Health health(ApplicationContext context, String name) {
        CompositeHealthContributor all = context.getBean(CompositeHealthContributor.class);
        return ((HealthIndicator) all.getContributor(name)).health();
    }

    private static ApplicationContextRunner application(TestCluster nodes) {
        return application(
                nodes.options().jdbcUrl(),
                nodes.options().admin(),
                nodes.options().adminPassword().reveal());
    }

    private static ApplicationContextRunner application(String url, String admin, String password) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectHealthAutoConfiguration.class,
                        ProjectMetricsAutoConfiguration.class,
                        ProjectEndpointAutoConfiguration.class))
                .withBean(SimpleMeterRegistry.class)
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=citustenancy",
                        "citus-tenancy.cluster.url=" + url,
                        "citus-tenancy.cluster.admin=" + admin,
                        "citus-tenancy.cluster.password=" + password,
                        "citus-tenancy.figures.refresh-every=200ms",
                        "citus-tenancy.figures.max-projects=2",
                        "citus-tenancy.pool.connection-timeout-millis=3000",
                        "citus-tenancy.projects.app.users.app_user.password=app-Secret-1",
                        "citus-tenancy.projects.gone.users.gone_user.password=gone-Secret-1",
                        "citus-tenancy.projects.locked.users.locked_user.password=locked-Secret-1");
    }
}

package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.failover.NodeDirectory;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectHealthAutoConfiguration;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application with a project follows the failover of a worker, and of the coordinator that it is connected to. */
@Tag("once")
class FailoverPropertiesTest {

    private static final String HERE = "127.0.0.1";
    private static final List<Node> FENCED = new CopyOnWriteArrayList<>();
    private static final List<FailoverReport> REPORTS = new CopyOnWriteArrayList<>();
    private static final List<Node> NAMED = new CopyOnWriteArrayList<>();

    /** Stops machines. */
    interface MachineControl {

        void stop(String host);
    }

    @Configuration(proxyBeanMethods = false)
    static class Fence {

        @Bean
        MachineControl machines() {
            return host -> FENCED.add(new Node(NodeRole.WORKER, host, 1));
        }

        // begin high-availability-spring
        @Bean
        FailoverOptionsCustomizer fence(MachineControl machines) {
            return options -> options.fence(node -> machines.stop(node.host()));
        }
        // end high-availability-spring

        @Bean
        FailoverOptionsCustomizer reports() {
            return options -> options.onReport(REPORTS::add);
        }

        @Bean
        NodeDirectory directory() {
            return () -> NAMED;
        }
    }

    @Test
    void application_follows_failovers_of_its_cluster() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .ownSystemIdentifiers()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("citus.recover_2pc_interval", "1h"))) {
            TestCluster nodes = TestCluster.closed(embedded);
            EmbeddedNode coordinator = embedded.coordinator();
            EmbeddedNode worker = embedded.workers().get(0);
            EmbeddedNode nextCoordinator = embedded.addStandby(coordinator);
            EmbeddedNode nextWorker = embedded.addStandby(worker);
            application(nodes, nextCoordinator, nextWorker).run(context -> {
                assertThat(context).hasNotFailed();
                awaitRound(context);
                assertThat(health(context).getStatus()).isEqualTo(Status.UP);
                assertThat(health(context).getDetails())
                        .containsEntry("acts", true)
                        .containsKeys("round", "recovery");
                follow(worker, nextWorker);
                assertThat(FENCED).singleElement().satisfies(node -> assertThat(node.host())
                        .isEqualTo(HERE));
                NAMED.add(new Node(NodeRole.WORKER, HERE, nextCoordinator.port()));
                follow(coordinator, nextCoordinator);
                JdbcClient.create(context.getBean(DataSource.class))
                        .sql("create table after_failover (id int)")
                        .update();
            });
        }
    }

    private static ApplicationContextRunner application(
            TestCluster nodes, EmbeddedNode nextCoordinator, EmbeddedNode nextWorker) {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class, ProjectHealthAutoConfiguration.class))
                .withUserConfiguration(Fence.class)
                .withPropertyValues(
                        "citus-tenancy.cluster.url=jdbc:postgresql://" + HERE + ":"
                                + nodes.embedded().coordinator().port() + "," + HERE + ":" + nextCoordinator.port()
                                + "/postgres?targetServerType=primary",
                        "citus-tenancy.cluster.admin=" + nodes.embedded().adminUser(),
                        "citus-tenancy.cluster.password=" + nodes.embedded().adminPassword(),
                        "citus-tenancy.projects.app.users.app_user.password=app-Secret-1",
                        "citus-tenancy.failover.enabled=true",
                        "citus-tenancy.failover.interval=200ms",
                        "citus-tenancy.failover.recovery-interval=500ms",
                        "citus-tenancy.failover.servers=" + HERE + ":" + nextWorker.port());
    }

    private static void awaitRound(ApplicationContext context) throws SQLException, InterruptedException {
        ClusterServices services = context.getBean(ClusterServices.class);
        Await.until(() -> services.monitor()
                .flatMap(FailoverMonitor::lastReport)
                .filter(report -> report.obstacles().isEmpty())
                .isPresent());
        FailoverMonitor monitor = services.monitor().orElseThrow();
        Await.until(() ->
                monitor.recovery().lastReport().filter(report -> report.acted()).isPresent());
    }

    private static void follow(EmbeddedNode killed, EmbeddedNode standby) throws Exception {
        REPORTS.clear();
        killed.kill();
        standby.promote();
        Await.until(() -> REPORTS.stream()
                .flatMap(report -> report.changes().stream())
                .anyMatch(change -> change.node().port() == standby.port()));
        Await.until(() -> REPORTS.get(REPORTS.size() - 1).obstacles().isEmpty());
    }

    @Test
    void services_start_when_the_cluster_answers_and_end_with_the_application() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = TestCluster.closed(embedded);
            EmbeddedNode coordinator = embedded.coordinator();
            coordinator.stop();
            application(nodes, coordinator, embedded.workers().get(0))
                    .withPropertyValues(
                            "citus-tenancy.start.mode=none",
                            "citus-tenancy.failover.patroni=http://127.0.0.1:1",
                            "citus-tenancy.autosuspend.enabled=true",
                            "citus-tenancy.autosuspend.always-awake=app")
                    .run(context -> {
                        assertThat(context).hasNotFailed();
                        assertThat(context.getBean(ClusterServices.class).monitor())
                                .isEmpty();
                        assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);
                        coordinator.start();
                        ClusterServices services = context.getBean(ClusterServices.class);
                        Await.until(() -> services.monitor()
                                .flatMap(FailoverMonitor::lastReport)
                                .isPresent());
                        assertThat(services.autosuspend()
                                        .orElseThrow()
                                        .checkNow()
                                        .acted())
                                .isTrue();
                        FailoverMonitor monitor = services.monitor().orElseThrow();
                        assertThat(monitor.checkNow().obstacles())
                                .singleElement()
                                .asString()
                                .contains("No member of Patroni has answered at http://127.0.0.1:1/");
                        assertThat(monitor.recovery().recoverNow().obstacles())
                                .singleElement()
                                .asString()
                                .contains("the standbys are unknown");
                        assertThat(health(context).getStatus())
                                .as("which leaves the application up")
                                .isEqualTo(ProjectsHealth.DOWN_ALONE);
                        assertThat(health(context).getDetails().get("obstacles"))
                                .asString()
                                .contains("No member of Patroni has answered", "the standbys are unknown");
                        context.close();
                        assertThat(threads()).isEmpty();
                    });
        }
    }

    private static Health health(ApplicationContext context) {
        CompositeHealthContributor all =
                context.getBean("citusTenancyHealthContributor", CompositeHealthContributor.class);
        HealthIndicator failover = (HealthIndicator) Objects.requireNonNull(all.getContributor("failover"));
        return Objects.requireNonNull(failover.health());
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("citus-tenancy-failover")
                        || name.startsWith("citus-tenancy-recovery")
                        || name.startsWith("citus-tenancy-autosuspend")
                        || name.startsWith("citus-tenancy-services"))
                .toList();
    }

    @Test
    void monitor_starts_in_an_application_whose_beans_are_lazy() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CitusTenancyAutoConfiguration.class))
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=jdbc:postgresql://" + HERE + ":1/postgres",
                        "citus-tenancy.cluster.password=admin-Secret-1",
                        "citus-tenancy.start.mode=none",
                        "citus-tenancy.failover.enabled=true",
                        "citus-tenancy.projects.app.users.app_user.password=app-Secret-1")
                .run(context -> assertThat(context.getSourceApplicationContext()
                                .getBeanFactory()
                                .containsSingleton("citusTenancyServices"))
                        .isTrue());
    }

    @Test
    void monitor_does_not_run_without_the_property() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(CitusTenancyAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=jdbc:postgresql://" + HERE + ":1/postgres",
                        "citus-tenancy.cluster.password=admin-Secret-1",
                        "citus-tenancy.start.mode=none",
                        "citus-tenancy.projects.app.users.app_user.password=app-Secret-1")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(ClusterServices.class));
    }
}

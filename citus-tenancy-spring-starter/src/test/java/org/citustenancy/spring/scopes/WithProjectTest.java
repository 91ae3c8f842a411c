package org.citustenancy.spring.scopes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.WithProject;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Methods with an annotation run in the scope of their project, regardless of their caller. */
@RequiresCluster
class WithProjectTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("with_app");
    private final String analytics = TestCluster.unique("with_analytics");

    WithProjectTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws Exception {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void annotated_methods_run_in_their_project() {
        application().withBean(Jobs.class).run(context -> {
            assertThat(context).hasNotFailed();
            Jobs jobs = context.getBean(Jobs.class);

            assertThat(jobs.database()).isEqualTo(app);
            assertThat(jobs.inTransaction()).isEqualTo(analytics + " in a transaction");
            assertThat(jobs.asynchronous().get(10, TimeUnit.SECONDS)).isEqualTo(analytics);
            context.publishEvent(new Event("came"));
            assertThat(jobs.heard()).isEqualTo(analytics + " came");
            JdbcClient analyticsClient = context.getBean("analyticsJdbcClient", JdbcClient.class);
            analyticsClient
                    .sql("create table events as select timestamptz '2020-01-01' as came union select now()")
                    .update();
            context.getBean(ScheduledAnnotationBeanPostProcessor.class)
                    .getScheduledTasks()
                    .forEach(task -> task.getTask().getRunnable().run());
            assertThat(nodes.ask(analytics, "select count(*) from events")).containsExactly("1");
            assertThat(context.getBean(ProjectPools.class).scopes().current()).isEmpty();
        });
    }

    @Test
    void unknown_project_stops_the_application() {
        application().withBean(Misspelt.class).run(context -> assertThat(context)
                .getFailure()
                .rootCause()
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("@WithProject(\"analytic\")")
                .hasMessageContaining("Misspelt.run()")
                .hasMessageContaining("analytics, app"));
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class,
                        TaskSchedulingAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withPropertyValues(ScopedApplication.properties(nodes, app, analytics));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @EnableScheduling
    static class Application {}

    record Event(String kind) {}

    @WithProject("app")
    static class Jobs {

        private final JdbcClient current;
        private volatile String heard = "";

        Jobs(JdbcClient current) {
            this.current = current;
        }

        String heard() {
            return heard;
        }

        String database() {
            return current.sql("select current_database()").query(String.class).single();
        }

        @WithProject("analytics")
        @Transactional
        public String inTransaction() {
            String database =
                    current.sql("select current_database()").query(String.class).single();
            return database
                    + (TransactionSynchronizationManager.isActualTransactionActive() ? " in a transaction" : "");
        }

        @WithProject("analytics")
        @Async
        public Future<String> asynchronous() {
            return CompletableFuture.completedFuture(
                    current.sql("select current_database()").query(String.class).single());
        }

        @WithProject("analytics")
        @EventListener
        public void on(Event event) {
            heard = current.sql("select current_database()").query(String.class).single() + " " + event.kind();
        }

        // begin spring-with-project
        @Scheduled(cron = "0 0 3 * * *")
        @WithProject("analytics")
        public void removeOldEvents() {
            current.sql("delete from events where came < now() - interval '30 days'")
                    .update();
        }
        // end spring-with-project
    }

    static class Misspelt {

        @WithProject("analytic")
        void run() {}
    }
}

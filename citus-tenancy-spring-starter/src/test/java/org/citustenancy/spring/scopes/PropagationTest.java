package org.citustenancy.spring.scopes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.context.ContextRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectPropagationAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** Executors of Spring carry the scope of the thread that submits a task. */
@RequiresCluster
class PropagationTest {

    private static final int THREADS = 16;

    private final TestCluster nodes;
    private final String app = TestCluster.unique("carried_app");
    private final String analytics = TestCluster.unique("carried_analytics");

    PropagationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws Exception {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void executors_carry_the_scope_with_context_propagation() {
        application()
                .withPropertyValues("spring.task.execution.propagate-context=true")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    for (String project : List.of(app, analytics)) {
                        try (ProjectScope scope = scope(context, project)) {
                            context.getBean(JdbcClient.class)
                                    .sql("create table owner (name text)")
                                    .update();
                            context.getBean(JdbcClient.class)
                                    .sql("insert into owner values (:name)")
                                    .param("name", scope.project())
                                    .update();
                        }
                    }
                    List<Future<String>> read = new ArrayList<>();
                    for (int task = 0; task < 20 * THREADS; task++) {
                        try (ProjectScope scope = scope(context, task % 2 == 0 ? app : analytics)) {
                            assertThat(scope.project()).isNotNull();
                            read.add(
                                    task % 3 == 0
                                            ? context.getBean(Reader.class).owner()
                                            : executor(context).submit(owner(context)));
                        }
                    }
                    for (int task = 0; task < read.size(); task++) {
                        assertThat(read.get(task).get(30, TimeUnit.SECONDS)).isEqualTo(task % 2 == 0 ? app : analytics);
                    }
                    // A thread that has worked in a scope is in none afterwards.
                    for (int task = 0; task < THREADS; task++) {
                        Future<String> outside = executor(context).submit(owner(context));
                        assertThatThrownBy(() -> outside.get(30, TimeUnit.SECONDS))
                                .isInstanceOf(ExecutionException.class)
                                .hasCauseInstanceOf(OutsideScopeException.class);
                    }
                    assertKeepsTheScopeOfItsOwnThread(context);
                });
    }

    /** An executor that runs tasks on the thread that submits them must restore exactly the scope of that thread. */
    private void assertKeepsTheScopeOfItsOwnThread(ApplicationContext context) {
        ProjectPools pools = context.getBean(ProjectPools.class);
        try (ProjectScope scope = scope(context, app)) {
            Runnable carried = new ContextPropagatingTaskDecorator().decorate(() -> assertThat(
                            pools.scopes().current())
                    .hasValueSatisfying(inner -> assertThat(inner.project()).isEqualTo(app)));
            try (ProjectScope other = scope(context, analytics)) {
                carried.run();
                assertThat(pools.scopes().current()).containsSame(other);
            }
            assertThat(pools.scopes().current()).containsSame(scope);
        }
        assertThat(pools.scopes().current()).isEmpty();
    }

    @Test
    void closed_application_leaves_nothing_in_the_registry() {
        int before = ContextRegistry.getInstance().getThreadLocalAccessors().size();
        application().withPropertyValues("spring.main.lazy-initialization=true").run(context -> assertThat(
                        ContextRegistry.getInstance().getThreadLocalAccessors())
                .hasSize(before + 1));

        assertThat(ContextRegistry.getInstance().getThreadLocalAccessors()).hasSize(before);
    }

    private static Callable<String> owner(ApplicationContext context) {
        JdbcClient current = context.getBean(JdbcClient.class);
        return () -> current.sql("select name from owner").query(String.class).single();
    }

    private static AsyncTaskExecutor executor(ApplicationContext context) {
        return context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
    }

    private static ProjectScope scope(ApplicationContext context, String project) {
        return context.getBean(ProjectPools.class).scopes().open(project, project + "_user");
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectPropagationAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(Application.class)
                .withBean(Reader.class)
                .withPropertyValues("spring.task.execution.pool.core-size=" + THREADS)
                .withPropertyValues(ScopedApplication.properties(nodes, app, analytics));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    static class Application {}

    static class Reader {

        private final JdbcClient current;

        Reader(JdbcClient current) {
            this.current = current;
        }

        @Async
        public CompletableFuture<String> owner() {
            return CompletableFuture.completedFuture(
                    current.sql("select name from owner").query(String.class).single());
        }
    }
}

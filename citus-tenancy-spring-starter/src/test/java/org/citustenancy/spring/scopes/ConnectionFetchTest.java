package org.citustenancy.spring.scopes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** When a transaction fetches its connection, and from which pool. */
@RequiresCluster
class ConnectionFetchTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("fetch_app");
    private final String analytics = TestCluster.unique("fetch_analytics");

    ConnectionFetchTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws Exception {
        nodes.discard(List.of(app, analytics));
    }

    @Test
    void read_only_transactions_use_the_read_pool() {
        application().withPropertyValues("citus-tenancy.read-pool.enabled=true").run(context -> {
            assertThat(context).hasNotFailed();
            assertReadsFromReadPool(context, "app", app);
            try (ProjectScope scope = scope(context, analytics)) {
                assertReadsFromReadPool(context, "currentProject", scope.project());
            }
        });
    }

    @Test
    void read_only_transactions_use_the_usual_pool_by_default() {
        application().run(context -> {
            TransactionTemplate reading = reading(context, "app");
            reading.executeWithoutResult(status ->
                    client(context, "app").sql("select 1").query(Integer.class).single());
            assertThat(connections(context, app)).isEqualTo(1);
            assertThat(readConnections(context, app)).isZero();
        });
    }

    @Test
    void lazy_transaction_fetches_a_connection_for_its_first_statement_in_its_own_scope() {
        application()
                .withPropertyValues("spring.datasource.connection-fetch=lazy")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    writing(context, "app").executeWithoutResult(status -> {
                        assertThat(connections(context, app)).isZero();
                        client(context, "app")
                                .sql("create table lazily (id int)")
                                .update();
                        assertThat(connections(context, app)).isEqualTo(1);
                    });
                    assertThat(nodes.ask(app, "select count(*) from lazily")).containsExactly("0");

                    JdbcClient current = context.getBean(JdbcClient.class);
                    try (ProjectScope scope = scope(context, app)) {
                        writing(context, "currentProject").executeWithoutResult(status -> {
                            try (ProjectScope inner = scope(context, analytics)) {
                                assertThatThrownBy(() -> current.sql("create table wrong (id int)")
                                                .update())
                                        .isInstanceOf(OutsideScopeException.class)
                                        .hasMessageContaining("of " + scope)
                                        .hasMessageContaining("is of " + inner);
                            }
                            assertThat(connections(context, analytics)).isZero();
                            current.sql("insert into lazily values (1)").update();
                        });
                    }
                    assertThat(nodes.ask(app, "select count(*) from lazily")).containsExactly("1");
                    assertThatThrownBy(() -> context.getBean(DataSource.class).getConnection())
                            .isInstanceOf(OutsideScopeException.class);
                });
    }

    private void assertReadsFromReadPool(ApplicationContext context, String beans, String project) {
        reading(context, beans).executeWithoutResult(status -> {
            assertThat(client(context, beans)
                            .sql("select current_database() || ' ' || current_setting('transaction_read_only')")
                            .query(String.class)
                            .single())
                    .isEqualTo(project + " on");
            assertThat(connections(context, project)).isZero();
            assertThat(readConnections(context, project)).isEqualTo(1);
        });
        writing(context, beans).executeWithoutResult(status -> client(context, beans)
                .sql("create table written (id int)")
                .update());
        assertThat(connections(context, project)).isEqualTo(1);
    }

    private static TransactionTemplate reading(ApplicationContext context, String beans) {
        TransactionTemplate template = writing(context, beans);
        template.setReadOnly(true);
        return template;
    }

    private static TransactionTemplate writing(ApplicationContext context, String beans) {
        return new TransactionTemplate(context.getBean(beans + "TransactionManager", PlatformTransactionManager.class));
    }

    private static JdbcClient client(ApplicationContext context, String beans) {
        return context.getBean(beans + "JdbcClient", JdbcClient.class);
    }

    private static int connections(ApplicationContext context, String project) {
        return context.getBean(ProjectPools.class)
                .pool(project, project + "_user")
                .figures()
                .total();
    }

    private static int readConnections(ApplicationContext context, String project) {
        return context.getBean(ProjectPools.class)
                .readPool(project, project + "_user")
                .figures()
                .total();
    }

    private static ProjectScope scope(ApplicationContext context, String project) {
        return context.getBean(ProjectPools.class).scopes().open(project, project + "_user");
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        TransactionAutoConfiguration.class))
                .withPropertyValues(ScopedApplication.properties(nodes, app, analytics));
    }
}

package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectJooqAutoConfiguration;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.boot.jooq.autoconfigure.JooqAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The properties, customizers and beans of Spring Boot count for the beans of projects. */
@RequiresCluster
class ConventionsTest {

    private final TestCluster nodes;
    private final String app = TestCluster.unique("usual_app");

    ConventionsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws Exception {
        nodes.discard(List.of(app));
    }

    @Test
    void properties_and_customizers_of_spring_boot_apply_to_a_project() {
        List<String> executed = new CopyOnWriteArrayList<>();
        application()
                .withPropertyValues(
                        "citus-tenancy.flyway.locations=classpath:db/conventions",
                        "citus-tenancy.pool.connection-init-sql=set work_mem = '7MB'",
                        "spring.flyway.table=migrations",
                        "spring.flyway.placeholders.table_name=visits",
                        "spring.flyway.postgresql.transactional-lock=false",
                        "spring.jdbc.template.max-rows=3",
                        "spring.transaction.default-timeout=7s")
                .withBean(JavaMigration.class, V2__Rows::new)
                .withBean(Callback.class, Grant::new)
                .withBean(
                        DefaultConfigurationCustomizer.class,
                        () -> configuration -> configuration.settings().setMaxRows(2))
                .withBean(
                        ExecuteListenerProvider.class,
                        () -> () -> new ExecuteListener() {
                            @Override
                            public void executeStart(ExecuteContext statement) {
                                executed.add(String.valueOf(statement.sql()));
                            }
                        })
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(nodes.ask(app, "select count(*) from visits")).containsExactly("5");
                    assertThat(nodes.ask(app, "select count(*) from migrations"))
                            .containsExactly("2");
                    assertThat(nodes.ask(app, "select comment from granted")).containsExactly("by a callback");

                    JdbcTemplate template = context.getBean("appJdbcTemplate", JdbcTemplate.class);
                    assertThat(template.queryForList("select id from visits")).hasSize(3);
                    assertThat(context.getBean("appNamedParameterJdbcTemplate", NamedParameterJdbcTemplate.class)
                                    .getJdbcTemplate())
                            .isSameAs(template);
                    assertThat(context.getBean("appJdbcClient", JdbcClient.class)
                                    .sql("select id from visits")
                                    .query(Long.class)
                                    .list())
                            .hasSize(3);
                    assertThat(template.queryForObject("show work_mem", String.class))
                            .isEqualTo("7MB");

                    DSLContext jooq = context.getBean("appDslContext", DSLContext.class);
                    assertThat(jooq.fetch("select id from visits")).hasSize(2);
                    assertThat(executed).singleElement().asString().contains("visits");
                    assertThat(context.getBean("appTransactionManager", JdbcTransactionManager.class)
                                    .getDefaultTimeout())
                            .isEqualTo(7);
                });
    }

    private ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class,
                        ProjectFlywayAutoConfiguration.class,
                        ProjectJooqAutoConfiguration.class,
                        DataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        TransactionAutoConfiguration.class,
                        TransactionManagerCustomizationAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        JdbcClientAutoConfiguration.class,
                        JooqAutoConfiguration.class,
                        FlywayAutoConfiguration.class))
                .withPropertyValues(
                        "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                        "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                        "citus-tenancy.cluster.password="
                                + nodes.options().adminPassword().reveal(),
                        "citus-tenancy.projects.app.database=" + app,
                        "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1");
    }

    /** A migration that is a bean. */
    static final class V2__Rows extends BaseJavaMigration {

        @Override
        public void migrate(org.flywaydb.core.api.migration.Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("insert into visits select generate_series(1, 5)");
            }
        }
    }

    /** A callback that is a bean. */
    static final class Grant extends BaseCallback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.AFTER_MIGRATE;
        }

        @Override
        public void handle(Event event, Context context) {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute("create table granted as select 'by a callback' as comment");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}

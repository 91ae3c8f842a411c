package org.citustenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.spring.autoconfigure.CitusTenancyAutoConfiguration;
import org.citustenancy.spring.autoconfigure.ProjectFlywayAutoConfiguration;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableKind;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An application whose migrations are ordinary SQL, and whose properties say how tables are distributed. */
@RequiresCluster
class DeclaredDistributionTest {

    private static final DistributionRules RULES = DistributionRules.create()
            .everyTableWith("company_id", 8)
            .distribute("audit_*", "device", options -> options.shardCount(4))
            .byForeignKey()
            .reference("countries")
            .local("flyway_schema_history");

    private final TestCluster nodes;
    private final String app = TestCluster.unique("declared_app");

    DeclaredDistributionTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void discard() throws SQLException {
        nodes.discard(List.of(app));
    }

    @Test
    void tables_are_distributed_after_migrations_and_a_table_without_a_rule_stops_the_project() throws SQLException {
        application().run(context -> {
            assertThat(context).hasNotFailed();
            Project project = context.getBean(CitusCluster.class).getProject(app);
            assertThat(project.tables().rules()).contains(RULES);
            assertThat(project.tables().list())
                    .extracting(table -> table.name() + " " + table.kind())
                    .containsExactly(
                            "ads " + TableKind.DISTRIBUTED,
                            "countries " + TableKind.REFERENCE,
                            "flyway_schema_history " + TableKind.LOCAL);
            assertThat(context.getBean(JdbcClient.class)
                            .sql("select count(*) from ads join countries on country = countries.id")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(20);
        });

        asOwner("create table audit_events (device int, note text)");
        asOwner("create table forgotten (id int)");
        application("citus-tenancy.start.mode=none").run(context -> {
            assertThat(context).hasNotFailed();
            assertThatThrownBy(() -> context.getBean(DataSource.class).getConnection())
                    .hasMessageContaining("No rule covers the table forgotten");
            asOwner("drop table forgotten");
            Await.until(() -> isServed(context.getBean(DataSource.class)));
        });
        try (CitusCluster cluster = nodes.connect()) {
            assertThat(cluster.getProject(app).tables().plan().isAsDeclared()).isTrue();
        }
    }

    private static boolean isServed(DataSource dataSource) {
        try {
            dataSource.getConnection().close();
            return true;
        } catch (SQLException refused) {
            return false;
        }
    }

    private void asOwner(String sql) throws SQLException {
        nodes.ask(nodes.embedded().coordinator(), app, app + "_user", "app-Secret-1", sql);
    }

    private ApplicationContextRunner application(String... more) {
        List<String> properties = new ArrayList<>(List.of(
                "citus-tenancy.cluster.url=" + nodes.options().jdbcUrl(),
                "citus-tenancy.cluster.admin=" + nodes.options().admin(),
                "citus-tenancy.cluster.password="
                        + nodes.options().adminPassword().reveal(),
                "citus-tenancy.start.fail-fast=false",
                "citus-tenancy.start.retry-every=200ms",
                "citus-tenancy.flyway.locations=classpath:db/declared",
                "citus-tenancy.projects.app.database=" + app,
                "citus-tenancy.projects.app.users." + app + "_user.password=app-Secret-1",
                "citus-tenancy.projects.app.distribution.every-table-with=company_id",
                "citus-tenancy.projects.app.distribution.shard-count=8",
                "citus-tenancy.projects.app.distribution.distribute[0].tables=audit_*",
                "citus-tenancy.projects.app.distribution.distribute[0].column=device",
                "citus-tenancy.projects.app.distribution.distribute[0].shard-count=4",
                "citus-tenancy.projects.app.distribution.by-foreign-key=true",
                "citus-tenancy.projects.app.distribution.reference=countries",
                "citus-tenancy.projects.app.distribution.local=flyway_schema_history"));
        properties.addAll(List.of(more));
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CitusTenancyAutoConfiguration.class, ProjectFlywayAutoConfiguration.class))
                .withPropertyValues(properties.toArray(String[]::new));
    }
}

package org.citustenancy.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.tables.TableName;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of ordinary SQL by a plain Flyway, after which all tables are distributed as the project declares. */
@Tag("once")
@RequiresCluster
class DistributionCallbackTest {

    private static final Secret PASSWORD = Secret.of("owners-Password");

    private final TestCluster nodes;
    private final String name = TestCluster.unique("migrated");

    @TempDir
    Path migrations;

    DistributionCallbackTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void tables_of_a_migration_are_distributed_and_a_broken_rule_fails_the_run_after_its_commit() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", PASSWORD)
                    .distribution(rules -> rules.everyTableWith("company_id")
                            .reference("countries")
                            .local("flyway_schema_history"))
                    .create();
            migration("V1__Ads.sql", """
                    create table countries (id int primary key);
                    insert into countries values (1);
                    create table campaigns (company_id int, id int, country int references countries,
                        primary key (company_id, id));
                    create table ads (company_id int, id int, campaign int, primary key (company_id, id),
                        foreign key (company_id, campaign) references campaigns);
                    insert into campaigns select i, i, 1 from generate_series(1, 50) i;
                    insert into ads select i, i, i from generate_series(1, 50) i;
                    """);
            Flyway flyway = flyway(project);
            flyway.migrate();

            assertThat(kind(project, "ads")).isEqualTo(TableKind.DISTRIBUTED);
            assertThat(kind(project, "campaigns")).isEqualTo(TableKind.DISTRIBUTED);
            assertThat(kind(project, "countries")).isEqualTo(TableKind.REFERENCE);
            assertThat(asOwner("select count(*) from ads join campaigns using (company_id)"))
                    .containsExactly("50");
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();

            migration("V2__Clicks.sql", "create table clicks (company_id int, at date)");
            flyway.migrate();
            assertThat(kind(project, "clicks")).isEqualTo(TableKind.DISTRIBUTED);

            migration("V3__Forgotten.sql", "create table forgotten (id int)");
            assertThatThrownBy(flyway::migrate)
                    .isInstanceOf(FlywayException.class)
                    .hasStackTraceContaining("No rule covers the table forgotten");
            assertThat(asOwner("select max(version) from flyway_schema_history where success"))
                    .containsExactly("3");
            assertThatThrownBy(flyway::migrate).hasStackTraceContaining("No rule covers the table forgotten");

            migration("V4__Covered.sql", "alter table forgotten add company_id int");
            flyway.migrate();
            assertThat(kind(project, "forgotten")).isEqualTo(TableKind.DISTRIBUTED);
        } finally {
            nodes.discard(List.of(name));
        }
    }

    private Flyway flyway(Project project) {
        DistributionRules rules = project.tables().rules().orElseThrow();
        // begin flyway-callback
        Flyway flyway = Flyway.configure()
                .dataSource(project.connection(name + "_user").jdbcUrl(), name + "_user", PASSWORD.reveal())
                .locations("filesystem:" + migrations)
                .callbacks(new DistributionCallback(rules))
                .load();
        // end flyway-callback
        return flyway;
    }

    private void migration(String file, String sql) throws IOException {
        Files.writeString(migrations.resolve(file), sql);
    }

    private static TableKind kind(Project project, String table) {
        TableName name = TableName.of(table);
        return project.tables().list().stream()
                .filter(info -> info.name().equals(name))
                .map(TableInfo::kind)
                .findFirst()
                .orElseThrow();
    }

    private List<String> asOwner(String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), name, name + "_user", PASSWORD.reveal(), sql);
    }
}

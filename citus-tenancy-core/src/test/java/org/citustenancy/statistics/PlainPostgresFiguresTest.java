package org.citustenancy.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.tables.TableKind;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Figures of PostgreSQL alone. */
@Tag("once")
class PlainPostgresFiguresTest {

    @Test
    void figures_of_one_server_are_complete() throws SQLException, InterruptedException {
        try (EmbeddedCluster embedded =
                        EmbeddedCluster.builder().backend(Backend.PLAIN).start();
                CitusCluster cluster = new TestCluster(embedded).connect()) {
            TestCluster server = new TestCluster(embedded);
            Project project = cluster.project("plain").withUser().create();
            server.ask("plain", "create table notes (id int primary key)");
            server.ask("plain", "insert into notes select generate_series(1, 50)");
            server.ask("plain", "analyze notes");

            ProjectFigures figures =
                    cluster.statistics().figures().project("plain").orElseThrow();

            ProjectContents contents = figures.contents().orElseThrow();
            assertThat(contents)
                    .usingRecursiveComparison()
                    .ignoringFields("at")
                    .isEqualTo(project.statistics().figures().contents().orElseThrow());
            assertThat(contents.tables()).singleElement().satisfies(table -> {
                assertThat(table.table().kind()).isEqualTo(TableKind.LOCAL);
                assertThat(table.estimatedRows()).isEqualTo(OptionalLong.of(50));
                assertThat(table.size())
                        .hasToString(server.ask("plain", "select pg_total_relation_size('notes')")
                                .get(0));
            });
            assertThat(figures.size().orElseThrow())
                    .hasToString(server.ask("postgres", "select pg_database_size('plain')")
                            .get(0));
            assertThat(contents.nodeSkew()).isEmpty();
            assertThat(cluster.statistics().lockWaits()).isEqualTo(new Reading<>(List.of(), List.of()));
            assertThat(cluster.statistics().runningFor(Duration.ofMinutes(1)).isPartial())
                    .isFalse();
            assertThat(project.statistics().topStatements(1).unanswered())
                    .singleElement()
                    .satisfies(missing -> assertThat(missing.reason()).contains("pg_stat_statements"));
            assertThat(project.statistics().tenants().isPartial()).isTrue();

            cluster.statistics().view().install(Language.ENGLISH);
            // The sessions that have just ended may be there for a moment.
            Await.until(() -> server.ask(
                            "postgres",
                            "select size_bytes = pg_database_size('plain'), connections, shards, state from project_stats "
                                    + "where project = 'plain'")
                    .equals(List.of("t|0|0|ready")));
        }
    }
}

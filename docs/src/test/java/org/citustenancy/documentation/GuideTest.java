package org.citustenancy.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.environment.ConnectionVariables;
import org.citustenancy.reports.advice.Verdict;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.Language;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide from its beginning to its end, on real nodes. */
@RequiresCluster
class GuideTest {

    private final TestCluster nodes;
    private final GuideExample guide;

    GuideTest(TestCluster nodes) {
        this.nodes = nodes;
        this.guide = new GuideExample(
                nodes.embedded().jdbcUrl("postgres"), nodes.embedded().adminPassword());
    }

    @Test
    void adoption_moves_shards_of_a_database_that_was_made_by_hand_off_the_coordinator() throws SQLException {
        nodes.ask("postgres", "CREATE DATABASE mi_proyecto");
        nodes.ask("postgres", "CREATE USER mi_usuario WITH PASSWORD 'MiPassword123!'");
        nodes.ask("mi_proyecto", "GRANT ALL PRIVILEGES ON DATABASE mi_proyecto TO mi_usuario");
        nodes.ask("mi_proyecto", "CREATE EXTENSION citus");
        nodes.ask("mi_proyecto", "CREATE TABLE users (id bigserial PRIMARY KEY, email text)");
        nodes.ask("mi_proyecto", "SELECT create_distributed_table('users', 'id')");

        assertThat(nodes.ask(
                        "mi_proyecto",
                        "SELECT count(*), count(*) FILTER (WHERE nodeport = "
                                + nodes.embedded().coordinator().port() + ") FROM citus_shards"))
                .containsExactly("32|32");

        try (CitusCluster cluster = guide.connect()) {
            Project adopted = GuideExample.adopt(cluster, "MiPassword123!");
            assertThat(adopted.tables().shardsPerNode()).hasSize(3).allSatisfy((node, shards) -> assertThat(shards)
                    .isBetween(10, 11));
            adopted.drop();
        }
    }

    @Test
    void examples_of_the_guide_run_in_order(@TempDir Path directory) throws Exception {
        String appPassword = Secret.generate().reveal();
        EmbeddedNode master = nodes.embedded().coordinator();
        EmbeddedNode first = nodes.embedded().workers().get(0);
        EmbeddedNode second = nodes.embedded().workers().get(1);
        try (CitusCluster cluster =
                guide.form(master.name(), master.port(), first.name(), first.port(), second.name(), second.port())) {
            started(appPassword);
            List<Project> projects =
                    GuideExample.severalProjects(cluster, appPassword, "StagingPassword123!", "AnalyticsPassword123!");
            assertThat(projects)
                    .extracting(Project::name)
                    .containsExactly("app_production", "app_staging", "analytics");
            Project app = projects.get(0);
            Project analytics = projects.get(2);

            assertThat(GuideExample.plan(cluster).steps()).isNotEmpty();

            ConnectionInfo fromFile = GuideExample.variables(analytics, directory.resolve(".env"));
            assertThat(fromFile.password())
                    .isEqualTo(analytics.connection("analytics_user").password());

            try (ProjectPools pools = GuideExample.connecting(cluster, projects)) {
                GuideExample.tables(app, pools);
            }
            try (ProjectPools pools = PoolsExample.open(cluster, app.connection("app_user"), withPrefix(fromFile))) {
                PoolsExample.follow(pools);
            }
            assertThat(app.tables().shardsPerNode()).hasSizeGreaterThanOrEqualTo(2);

            assertThat(GuideExample.resources(cluster, app)).contains("app_production", "analytics", "orders");
            GuideExample.view(cluster);
            for (String document : List.of("guide.md", "guia.md")) {
                assertThat(nodes.ask("postgres", query(document)))
                        .extracting(row -> row.substring(0, row.indexOf('|')))
                        .contains("analytics", "app_production", "app_staging");
            }
            cluster.statistics().view().install(Language.ENGLISH);
            assertThat(nodes.ask("postgres", query("statistics.md")))
                    .anySatisfy(row -> assertThat(row).startsWith("app_production|app_user|"));

            limitsAndSecurity(cluster);

            Project copy = GuideExample.backup(cluster, app, directory.resolve("app_production"));
            assertThat(copy.tables().shardsPerNode()).isEqualTo(app.tables().shardsPerNode());
            copy.drop();

            ClusterFigures figures = cluster.statistics().figures();
            assertThat(GuideExample.costs(figures)).isEqualTo("240.00 USD");
            assertThat(GuideExample.practices(cluster).name()).isEqualTo("api_staging");
            StatisticsExample.ask(cluster, app);
            assertThat(StatisticsExample.advise(figures)).contains("240.00 USD", "ROW_BASED");
            assertThat(GuideExample.separate(figures))
                    .filteredOn(advice -> advice.project().equals("analytics"))
                    .singleElement()
                    .satisfies(advice -> assertThat(advice.verdict()).isEqualTo(Verdict.MOVE));
        }
    }

    /** An application's start before the one that the guide shows: what runs again finds all of it. */
    private void started(String appPassword) throws SQLException {
        try (CitusCluster cluster = guide.connect()) {
            List<Project> projects =
                    GuideExample.severalProjects(cluster, appPassword, "StagingPassword123!", "AnalyticsPassword123!");
            try (ProjectPools pools = GuideExample.connecting(cluster, projects)) {
                GuideExample.tables(projects.get(0), pools);
            }
        }
    }

    @Test
    void documented_statement_drops_the_empty_template() throws SQLException {
        String statement = "DROP DATABASE citus_tenancy_blank";
        assertThat(Documents.read(Documents.ROOT.resolve("docs/operations.md"))).contains("`" + statement + "`");
        try (CitusCluster cluster = guide.connect()) {
            cluster.create(List.of(
                            cluster.project("one").withUser(),
                            cluster.project("two").withUser(),
                            cluster.project("three").withUser()))
                    .forEach(outcome -> outcome.orThrow().drop());
        }
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", statement);
            assertThat(nodes.ask(node, "postgres", "SELECT datname FROM pg_database WHERE datname LIKE '%blank'"))
                    .isEmpty();
        }
    }

    @Test
    void trial_cluster_prints_its_url() throws Exception {
        assertThat(printed(GuideExample::start)).matches("jdbc:postgresql://.*/first\\n");
    }

    private interface Printing {
        void run() throws Exception;
    }

    private static String printed(Printing printing) throws Exception {
        PrintStream terminal = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            printing.run();
        } finally {
            System.setOut(terminal);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What a document shows as SQL. */
    private static String query(String document) {
        return Documents.blocks(Documents.ROOT.resolve("docs").resolve(document)).stream()
                .filter(block -> block.language().equals("sql"))
                .reduce((first, second) -> {
                    throw new IllegalStateException(document + " has more SQL than one block");
                })
                .orElseThrow()
                .text();
    }

    private static ConnectionVariables withPrefix(ConnectionInfo analytics) {
        return ConnectionVariables.of(Map.of(
                "DB_HOST", analytics.host(),
                "DB_PORT", Integer.toString(analytics.port()),
                "ANALYTICS_DB_NAME", analytics.database(),
                "ANALYTICS_DB_USER", analytics.user(),
                "ANALYTICS_DB_PASSWORD", analytics.password().reveal()));
    }

    private void limitsAndSecurity(CitusCluster cluster) throws SQLException {
        GuideExample.limited(cluster, "ReadOnly123!", "Reports123!");
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        assertThat(nodes.ask(
                        coordinator,
                        "app_production",
                        "readonly_user",
                        "ReadOnly123!",
                        "SELECT count(*) FROM products"))
                .containsExactly("0");
        assertThatThrownBy(() -> nodes.ask(
                        coordinator, "app_production", "reports_user", "Reports123!", "SELECT * FROM products"))
                .hasMessageContaining("permission denied");
        String changed = GuideExample.security(cluster).reveal();
        assertThat(nodes.ask(coordinator, "app_production", "reports_user", changed, "SELECT count(*) FROM orders"))
                .containsExactly("0");
        assertThatThrownBy(() -> nodes.ask(coordinator, "analytics", "reports_user", changed, "SELECT 1"))
                .hasMessageContaining("permission denied for database \"analytics\"");
    }

    @Test
    void complete_example_prints_what_the_guide_shows() throws Exception {
        String printed = printed(this::complete);
        assertThat(printed(this::complete)).isEqualTo(printed);

        String named = printed.replaceAll(
                "\\{\\S+:\\d+=(\\d+), \\S+:\\d+=(\\d+)}", "{citus-worker-1:5432=$1, citus-worker-2:5432=$2}");
        for (String document : List.of("guide.md", "guia.md")) {
            assertThat(Documents.blocks(Documents.ROOT.resolve("docs").resolve(document)))
                    .extracting(FencedBlock::text)
                    .contains(named);
        }
    }

    private void complete() throws SQLException {
        GuideExample.complete(
                nodes.embedded().jdbcUrl("postgres"), nodes.embedded().adminPassword(), "TiendaPassword123!");
    }

    @Test
    void readme_example_runs_twice() throws SQLException {
        for (int run = 0; run < 2; run++) {
            assertThat(ReadmeExample.run(
                            nodes.embedded().jdbcUrl("postgres"),
                            nodes.embedded().adminPassword(),
                            "ShopPassword123!"))
                    .hasSize(2)
                    .allSatisfy((node, count) -> assertThat(count).isEqualTo(16));
        }
    }
}

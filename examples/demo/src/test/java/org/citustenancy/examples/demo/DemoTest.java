package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two runs against the same cluster, in which passwords count. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemoTest {

    /** What README.md shows; -Dcitustenancy.picture.new=true draws it again. */
    private static final Path PICTURE = Path.of("..", "..", "docs", "demo.svg");

    private static final List<String> PROJECTS = List.of("app_production", "app_staging", "analytics");

    private final GivenCluster cluster;
    private DemoRun first;
    private DemoRun second;
    private String filesBetween;

    DemoTest(@TempDir Path directory) {
        this.cluster = new GivenCluster(
                EmbeddedCluster.builder()
                        .authentication(Authentication.SCRAM_SHA_256)
                        .start(),
                directory);
    }

    @BeforeAll
    void run_the_demo_twice() throws IOException {
        first = DemoRun.with(cluster.environment());
        filesBetween = files();
        second = DemoRun.with(cluster.environment());
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private void assumeCitus() {
        Assumptions.assumeTrue(
                cluster.servers().hasCitus(),
                () -> "Citus is not available: "
                        + cluster.servers().whyNoCitus().orElse(""));
    }

    private String files() throws IOException {
        StringBuilder contents = new StringBuilder();
        for (String project : PROJECTS) {
            contents.append(Files.readString(cluster.envFile(project)));
        }
        return contents.toString();
    }

    @Test
    void both_runs_succeed() {
        assertThat(first.err()).isEmpty();
        assertThat(first.status()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(second.status()).isZero();
    }

    @Test
    void first_run_prints_its_changes() {
        assertThat(first.out())
                .contains("create the database, still closed")
                .contains("create database \"app_production\" with owner = \"citus_tenancy_owner\"")
                .contains("revoke all on database \"analytics\" from public")
                .containsPattern("app_staging: \\d+ steps done; every node was verified")
                .contains("432 rows are loaded")
                .containsPattern("Done: 5 \\.env files, \\d+ provisioning steps, 8 new tables, .*634 new rows");
    }

    @Test
    void first_run_explains_why_it_did_fewer_steps_than_planned() {
        assumeCitus();
        assertThat(first.out()).contains("Fewer than planned: ");
        assertThat(second.out()).doesNotContain("Fewer than planned");
    }

    @Test
    void second_run_changes_nothing() throws IOException {
        assertThat(second.out())
                .contains("app_production: nothing to do")
                .contains("app_production: unchanged")
                .contains("users is there already")
                .contains("166 rows are there already")
                .contains("Nothing was changed: everything is in the desired state already")
                .doesNotContain("Done:");
        assertThat(files()).isEqualTo(filesBetween);
    }

    @Test
    void limited_users_are_refused_what_they_may_not_do() {
        assertThat(second.out())
                .containsSubsequence(
                        "readonly_user at app_production",
                        "reads products: yes",
                        "adds a product: refused",
                        "creates a table: refused",
                        "reports_user at app_production",
                        "reads users: yes",
                        "reads orders: yes",
                        "reads products: refused",
                        "deletes orders: refused");
    }

    @Test
    void users_are_refused_in_other_projects() {
        assertThat(second.out())
                .contains("analytics_user is refused at app_production [42501], in the server's words:")
                .contains("FATAL: permission denied for database \"app_production\"")
                .contains("app_user is refused at analytics [42501]")
                .contains("app_user is refused with a wrong password [28P01]")
                .doesNotContain("CAUTION");
    }

    @Test
    void env_files_are_private_and_contain_a_working_connection() throws IOException, SQLException {
        for (String project : PROJECTS) {
            Path file = cluster.envFile(project);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Map<String, String> variables = new EnvFile(file).read();
            assertThat(variables).containsOnlyKeys("DB_HOST", "DB_PORT", "DB_NAME", "DB_USER", "DB_PASSWORD");
            String url = "jdbc:postgresql://" + variables.get("DB_HOST") + ":" + variables.get("DB_PORT") + "/"
                    + variables.get("DB_NAME");
            try (Connection connection =
                    DriverManager.getConnection(url, variables.get("DB_USER"), variables.get("DB_PASSWORD"))) {
                assertThat(connection.getCatalog()).isEqualTo(project);
            }
        }
    }

    @Test
    void terminal_shows_no_password() throws IOException {
        for (String project : PROJECTS) {
            String password = new EnvFile(cluster.envFile(project)).read().get("DB_PASSWORD");
            assertThat(password).hasSizeGreaterThanOrEqualTo(22);
            assertThat(first.out()).doesNotContain(password);
            assertThat(second.out()).doesNotContain(password);
        }
        assertThat(first.out())
                .doesNotContain(cluster.servers().adminPassword())
                .contains("postgresql://app_user:PASSWORD@");
    }

    @Test
    void output_fits_a_terminal() {
        assertThat(first.out() + second.out()).satisfies(text -> assertThat(text.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Console.WIDTH)));
    }

    @Test
    void shards_are_on_both_workers() throws SQLException {
        assumeCitus();
        for (String project : PROJECTS) {
            assertThat(cluster.ask(
                            project,
                            "select nodename || ':' || nodeport, count(*) > 0 from citus_shards"
                                    + " where citus_table_type = 'distributed' group by 1 order by 1"))
                    .containsExactlyElementsOf(cluster.servers().workers().stream()
                            .map(worker -> worker.name() + ":" + worker.port() + "|t")
                            .sorted()
                            .toList());
        }
        assertThat(cluster.ask(
                        "app_production",
                        "select table_name::text, citus_table_type, distribution_column from citus_tables order by 1"))
                .containsExactly("orders|distributed|user_id", "products|reference|<none>", "users|distributed|id");
        assertThat(cluster.ask(
                        "app_production",
                        "select count(distinct colocation_id) from citus_tables"
                                + " where citus_table_type = 'distributed'"))
                .containsExactly("1");
        assertThat(first.out()).contains("reference table, whole on every node");
    }

    @Test
    void picture_shows_the_output_of_the_demo() throws IOException {
        assumeCitus();
        if (Boolean.getBoolean("citustenancy.picture.new")) {
            Files.writeString(PICTURE, TerminalPicture.of(first.out()).svg());
        }
        String svg = Files.readString(PICTURE);
        TerminalPicture shown = TerminalPicture.read(svg);

        assertThat(shown.svg()).as("the picture is as it was drawn").isEqualTo(svg);
        assertThat(shown.printed()).hasSizeGreaterThan(20);
        assertThat(first.out().lines().map(DemoTest::withoutNodes))
                .containsAll(
                        shown.printed().stream().map(DemoTest::withoutNodes).toList());
    }

    /** Addresses and versions are of the machine, and so is the width of columns. */
    private static String withoutNodes(String line) {
        return line.replaceAll("[^\\s/@]+:\\d+", "NODE")
                .replaceAll("PostgreSQL .*, Citus .*", "VERSIONS")
                .replaceAll(" +", " ");
    }

    @Test
    void wrong_password_is_reported_in_one_paragraph() {
        DemoRun run = DemoRun.with(cluster.environment("DB_ADMIN_PASSWORD", "not-the-password"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("The demo failed. The server does not accept the password of \"postgres\"")
                .doesNotContain("\tat ", "Exception", "not-the-password", "\n\n");
    }

    @Test
    void role_with_an_unknown_password_is_not_changed(@TempDir Path elsewhere) throws SQLException {
        String verifiers = "select rolname, rolpassword from pg_authid where rolname like '%\\_user' order by 1";
        List<String> before = cluster.ask("postgres", verifiers);

        DemoRun run = DemoRun.with(cluster.environment("DEMO_ENV_DIR", elsewhere.toString()));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("The role app_user is on this cluster already, and its password is not in " + elsewhere)
                .contains("run the demo again");
        assertThat(cluster.ask("postgres", verifiers)).isEqualTo(before).hasSize(5);
    }

    @Test
    void role_with_a_different_password_is_not_changed(@TempDir Path elsewhere) throws IOException, SQLException {
        GivenCluster withOtherFiles = new GivenCluster(cluster.servers(), elsewhere);
        new EnvFile(withOtherFiles.envFile("app_production"))
                .write("DB_NAME=app_production\nDB_USER=app_user\nDB_PASSWORD='another one'\n");
        String verifier = "select rolpassword from pg_authid where rolname = 'app_user'";
        List<String> before = cluster.ask("postgres", verifier);

        DemoRun run = DemoRun.with(withOtherFiles.environment());

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().replaceAll("\\s+", " "))
                .contains("The role app_user has another password than the one in")
                .doesNotContain("another one");
        assertThat(cluster.ask("postgres", verifier)).isEqualTo(before);
    }
}

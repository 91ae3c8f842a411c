package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs where something is missing. */
class DemoVariantsTest {

    @Test
    void demo_explains_what_is_missing_without_citus(@TempDir Path directory) {
        try (GivenCluster cluster = new GivenCluster(
                EmbeddedCluster.builder()
                        .backend(Backend.PLAIN)
                        .authentication(Authentication.SCRAM_SHA_256)
                        .start(),
                directory)) {
            DemoRun first = DemoRun.with(cluster.environment());
            DemoRun second = DemoRun.with(cluster.environment());

            assertThat(first.err()).isEmpty();
            assertThat(first.status()).isZero();
            assertThat(first.out())
                    .contains("CITUS IS MISSING, so nothing will be distributed")
                    .contains("the server has no Citus, so every table is an ordinary one")
                    .contains("FATAL: permission denied for database \"app_production\"")
                    .contains("166 rows are loaded");
            assertThat(second.status()).isZero();
            assertThat(second.out()).contains("Nothing was changed");
        }
    }

    @Test
    void next_run_completes_one_that_ended_before_a_password_was_set(@TempDir Path directory)
            throws IOException, SQLException {
        try (GivenCluster cluster = new GivenCluster(
                EmbeddedCluster.builder()
                        .backend(Backend.PLAIN)
                        .authentication(Authentication.SCRAM_SHA_256)
                        .start(),
                directory)) {
            String kept = "DB_NAME=app_staging\nDB_USER=staging_user\nDB_PASSWORD=written-before\n";
            new EnvFile(cluster.envFile("app_staging")).write(kept);
            cluster.tell("create role staging_user login");

            DemoRun run = DemoRun.with(cluster.environment());

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(new EnvFile(cluster.envFile("app_staging")).read())
                    .containsEntry("DB_PASSWORD", "written-before")
                    .containsKey("DB_HOST");
        }
    }

    @Test
    void server_without_citus_is_refused_unless_it_is_allowed(@TempDir Path directory) {
        try (GivenCluster cluster = new GivenCluster(
                EmbeddedCluster.builder().backend(Backend.PLAIN).start(), directory)) {
            Map<String, String> environment = cluster.environment();
            environment.remove("DB_REQUIRE_CITUS");

            DemoRun run = DemoRun.with(environment);

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err())
                    .startsWith("The demo failed. The server has no Citus")
                    .containsPattern("fix:\\s+install Citus");
        }
    }

    @Test
    void demo_warns_when_nodes_trust_all_clients(@TempDir Path directory) {
        try (GivenCluster cluster = new GivenCluster(
                CitusAssumption.startWithCitus(
                        EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST)),
                directory)) {
            DemoRun run = DemoRun.with(cluster.environment());

            assertThat(run.err()).isEmpty();
            assertThat(run.status()).isZero();
            assertThat(run.out())
                    .containsPattern("worker \\S+ +64 +432")
                    .contains("CAUTION: this server accepts app_user with a wrong password");
        }
    }
}

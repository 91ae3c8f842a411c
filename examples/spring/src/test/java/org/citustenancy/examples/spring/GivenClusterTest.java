package org.citustenancy.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The application on a cluster that was there before it and stays when it ends, as its page says how to start it. */
class GivenClusterTest {

    private static final String APP_PASSWORD = "with every/#kind: of $sign%";

    @TempDir
    Path logs;

    @Test
    void restarted_application_finds_its_data() throws Exception {
        try (EmbeddedCluster cluster = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            Map<String, String> environment = environment(cluster);

            try (StartedApplication first = StartedApplication.with(environment, logs.resolve("first"))) {
                Site site = new Site(first.address());
                site.post("/users", "{\"id\": 1, \"name\": \"Ada\"}");
                assertThat(site.get("/users")).isEqualTo("[{\"id\":1,\"name\":\"Ada\"}]");
                assertThat(site.get("/events")).isEqualTo("1");
            }
            try (StartedApplication second = StartedApplication.with(environment, logs.resolve("second"))) {
                Site site = new Site(second.address());
                assertThat(site.get("/users")).isEqualTo("[{\"id\":1,\"name\":\"Ada\"}]");
                assertThat(site.get("/events")).isEqualTo("1");
                assertThat(site.get("/actuator/health/citusTenancy"))
                        .contains("\"status\":\"UP\"")
                        .contains(":" + port(cluster))
                        .doesNotContain("DOWN");
                assertThat(site.get("/actuator/metrics/citustenancy.project.ready?tag=project:app_production"))
                        .contains("\"value\":1.0");
                assertThat(site.get("/actuator/citustenancy/app"))
                        .contains("\"state\":\"READY\"")
                        .contains("\"plan\":[]");
                assertThat(second.said()).doesNotContain(cluster.adminPassword(), APP_PASSWORD, "change-me-too");
            }
        }
    }

    @Test
    void application_ends_and_names_missing_variables() throws Exception {
        Map<String, String> environment = Map.of("CITUS_HOST", "localhost", "APP_PASSWORD", "change-me");
        try (StartedApplication application = StartedApplication.with(environment, logs.resolve("log"))) {
            assertThat(application.status()).isNotZero();
            assertThat(application.said())
                    .contains("citus-tenancy.cluster.password is ${CITUS_ADMIN_PASSWORD}")
                    .contains("citus-tenancy.projects.analytics.users.analytics_user.password is ${ANALYTICS_PASSWORD}")
                    .doesNotContain("app_user.password is");
        }
    }

    private static Map<String, String> environment(EmbeddedCluster cluster) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("CITUS_HOST", "127.0.0.1");
        environment.put("CITUS_PORT", Integer.toString(port(cluster)));
        environment.put("CITUS_ADMIN", cluster.adminUser());
        environment.put("CITUS_ADMIN_PASSWORD", cluster.adminPassword());
        environment.put("APP_PASSWORD", APP_PASSWORD);
        environment.put("ANALYTICS_PASSWORD", "change-me-too");
        return environment;
    }

    private static int port(EmbeddedCluster cluster) {
        return URI.create(cluster.jdbcUrl("postgres").substring("jdbc:".length()))
                .getPort();
    }
}

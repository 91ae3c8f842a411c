package org.citustenancy.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.citustenancy.embedded.CitusAssumption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is started by hand, called over HTTP. */
class SpringExampleTest {

    @Test
    void users_and_events_are_stored_in_two_projects() throws Exception {
        CitusAssumption.requireCitus();
        try (ConfigurableApplicationContext application =
                SpringApplication.run(SpringExample.class, "--spring.profiles.active=embedded", "--server.port=0")) {
            Site site =
                    new Site("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));

            assertThat(site.post("/users", "{\"id\": 1, \"name\": \"Ada\"}")).isEqualTo(200);
            assertThat(site.get("/users")).isEqualTo("[{\"id\":1,\"name\":\"Ada\"}]");
            assertThat(site.get("/events")).isEqualTo("1");
            assertThat(site.get("/actuator/health/citusTenancy"))
                    .contains("\"status\":\"UP\"")
                    .contains("\"app\"")
                    .contains("\"analytics\"")
                    .contains("\"nodes\"")
                    .doesNotContain("DOWN");
            assertThat(site.get("/actuator/metrics/hikaricp.connections?tag=project:analytics"))
                    .contains("\"value\":1");
            assertThat(site.get("/actuator/citustenancy"))
                    .contains("\"database\":\"app_production\"")
                    .contains("\"state\":\"READY\"")
                    .contains("\"roomForProjects\":")
                    .doesNotContain("Password");
            assertThat(site.get("/actuator/citustenancy/analytics")).contains("\"plan\":[]");
            assertThat(site.post("/actuator/citustenancy/analytics", "")).isEqualTo(405);
            assertThat(site.get("/actuator/metrics/citustenancy.project.size?tag=project:app_production"))
                    .contains("\"baseUnit\":\"bytes\"")
                    .doesNotContain("NaN");
            assertThat(site.get("/actuator/info")).contains("\"primary\":\"app\"");
            assert_dashboard_shows_users_and_events(site.get("/actuator/prometheus"));
        }
    }

    private static void assert_dashboard_shows_users_and_events(String samples) throws IOException {
        PublishedMetrics published = PublishedMetrics.of(samples);
        List<MetricQuery> queries = MetricQuery.ofDashboard(Path.of("grafana", "dashboard.json"));
        assertThat(queries).extracting(MetricQuery::panel).contains("Size", "How long they wait", "project");
        assertThat(queries).allSatisfy(query -> {
            assertThat(query.metrics()).isNotEmpty().isSubsetOf(published.names());
            query.metrics()
                    .forEach(metric ->
                            assertThat(published.labels(metric)).as(metric).containsAll(query.labels()));
        });
    }
}

package org.citustenancy.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import org.citustenancy.embedded.CitusAssumption;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is started by hand, called over HTTP. */
class SpringExampleTest {

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void users_and_their_events_are_in_two_projects() throws Exception {
        CitusAssumption.requireCitus();
        try (ConfigurableApplicationContext application = SpringApplication.run(
                SpringExample.class,
                "--spring.profiles.active=embedded",
                "--server.address=127.0.0.1",
                "--server.port=0")) {
            String address = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");

            assertThat(send(HttpRequest.newBuilder(URI.create(address + "/users"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"id\": 1, \"name\": \"Ada\"}")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(address + "/users")).isEqualTo("[{\"id\":1,\"name\":\"Ada\"}]");
            assertThat(get(address + "/events")).isEqualTo("1");
            assertThat(get(address + "/actuator/health/citusTenancy"))
                    .contains("\"status\":\"UP\"")
                    .contains("\"app\"")
                    .contains("\"analytics\"")
                    .contains("\"nodes\"")
                    .doesNotContain("DOWN");
            assertThat(get(address + "/actuator/metrics/hikaricp.connections?tag=project:analytics"))
                    .contains("\"value\":1");
            assertThat(get(address + "/actuator/citustenancy"))
                    .contains("\"database\":\"app_production\"")
                    .contains("\"state\":\"READY\"")
                    .contains("\"roomForProjects\":")
                    .doesNotContain("Password");
            assertThat(get(address + "/actuator/citustenancy/analytics")).contains("\"plan\":[]");
            assertThat(send(HttpRequest.newBuilder(URI.create(address + "/actuator/citustenancy/analytics"))
                                    .POST(BodyPublishers.noBody()))
                            .statusCode())
                    .isEqualTo(405);
            assertThat(get(address + "/actuator/metrics/citustenancy.project.size?tag=project:app_production"))
                    .contains("\"baseUnit\":\"bytes\"")
                    .doesNotContain("NaN");
            assertThat(get(address + "/actuator/info")).contains("\"primary\":\"app\"");
            shows_on_the_dashboard_what_there_is(get(address + "/actuator/prometheus"));
        }
    }

    private static void shows_on_the_dashboard_what_there_is(String samples) throws IOException {
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

    private String get(String url) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(url))).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}

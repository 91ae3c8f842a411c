package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.topology.Node;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers of Patroni's REST API that are incomplete, wrong, late or missing; {@link PatroniTest} runs the real one. */
class PatroniDirectoryTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<HttpServer, String> answers = new ConcurrentHashMap<>();
    private final CountDownLatch hanging = new CountDownLatch(1);

    @AfterEach
    void stop() {
        hanging.countDown();
        servers.forEach(server -> server.stop(0));
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/cluster", exchange -> {
            String answer = answers.getOrDefault(server, "hang");
            try (OutputStream body = exchange.getResponseBody()) {
                if (answer.equals("hang")) {
                    // The head arrives, the rest does not.
                    exchange.sendResponseHeaders(200, 100);
                    body.write('{');
                    body.flush();
                    hanging.await();
                }
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer.isEmpty() ? 503 : 200, bytes.length);
                body.write(bytes);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        servers.add(server);
        return server;
    }

    private static URI api(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpServer server, String... members) {
        answers.put(server, "{\"members\": [" + String.join(", ", members) + "]}");
    }

    private static String member(HttpServer api, int port) {
        return "{\"name\": \"m\", \"host\": \"127.0.0.1\", \"port\": " + port + ", \"api_url\": \"" + api(api)
                + "/patroni\"}";
    }

    private static List<Integer> ports(PatroniDirectory directory) {
        return directory.servers().stream().map(Node::port).sorted().toList();
    }

    @Test
    void directory_queries_learned_members_after_the_first_stops() throws IOException {
        HttpServer first = server();
        HttpServer second = server();
        answer(first, member(first, 1), member(second, 2));
        answer(second, member(first, 1), member(second, 2));
        PatroniDirectory directory = PatroniDirectory.of(api(first)).within(TIMEOUT);
        assertThat(ports(directory)).containsExactly(1, 2);
        first.stop(0);
        HttpServer third = server();
        answer(third, member(second, 2), member(third, 3));
        answer(second, member(second, 2), member(third, 3));

        assertThat(ports(directory)).as("with the last answer of the first").contains(2, 3);
        second.stop(0);
        answer(third, member(third, 3));
        assertThat(ports(directory)).contains(3);
        answer(third, member(third, 3), member(server(), 4));
        assertThat(ports(directory)).as("learned from a learned member").contains(4);
    }

    @Test
    void directory_returns_the_last_answer_while_no_member_answers() throws IOException {
        HttpServer only = server();
        answer(only, member(only, 1), "{\"name\": \"starting\"}", "7");
        PatroniDirectory directory = PatroniDirectory.of(api(only)).within(TIMEOUT);
        assertThat(ports(directory)).containsExactly(1);
        answers.put(only, "");

        assertThat(ports(directory)).containsExactly(1);
    }

    @Test
    void directory_requires_an_answer_of_each_cluster_once() throws IOException {
        HttpServer first = server();
        HttpServer second = server();
        answer(first, member(first, 1));
        answers.put(second, "");
        PatroniDirectory directory =
                PatroniDirectory.of(api(first), api(second)).within(TIMEOUT);
        assertThatThrownBy(directory::servers)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(api(second) + "/ (")
                .hasMessageNotContaining(api(first) + "/ (");
        answer(second, "{\"name\": \"starting\"}");
        assertThat(ports(directory)).containsExactly(1);
        answers.put(second, "");

        assertThat(ports(directory)).containsExactly(1);
    }

    @Test
    void member_that_left_its_cluster_is_forgotten() throws IOException {
        HttpServer first = server();
        HttpServer second = server();
        answer(first, member(first, 1), member(second, 2));
        answer(second, member(first, 1), member(second, 2));
        PatroniDirectory directory = PatroniDirectory.of(api(first)).within(TIMEOUT);
        directory.servers();
        assertThat(ports(directory)).containsExactly(1, 2);
        second.stop(0);
        answer(first, member(first, 1));

        assertThat(ports(directory)).containsExactly(1);
    }

    @Test
    void cluster_without_a_running_server_is_reported() throws IOException {
        HttpServer only = server();
        answer(only, "{\"name\": \"starting\"}");

        assertThatThrownBy(PatroniDirectory.of(api(only)).within(TIMEOUT)::servers)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("Patroni lists no member with a running server");
    }

    @Test
    void failure_names_each_address_and_its_reason() throws IOException {
        HttpServer unavailable = server();
        HttpServer noJson = server();
        HttpServer hangs = server();
        answers.put(unavailable, "");
        answers.put(noJson, "<html>");
        PatroniDirectory directory = PatroniDirectory.of(
                        api(unavailable), api(noJson), api(hangs), URI.create("http://127.0.0.1:1"))
                .within(TIMEOUT);

        assertThatThrownBy(directory::servers)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("No member of Patroni has answered at ")
                .hasMessageContaining(api(unavailable) + "/ (")
                .hasMessageContaining("HTTP status 503")
                .hasMessageContaining(api(noJson) + "/ (")
                .hasMessageContaining(api(hangs) + "/ (")
                .hasMessageContaining("http://127.0.0.1:1/ (")
                .hasMessageContaining("fix: check the addresses of the REST API");
    }

    @Test
    void failure_hides_the_password_of_an_address() {
        PatroniDirectory directory = PatroniDirectory.of(URI.create("http://admin:secret@127.0.0.1:1"));

        assertThatThrownBy(directory::servers).hasMessageNotContaining("secret");
        assertThatThrownBy(() -> PatroniDirectory.of(URI.create("http://admin:secret@worker_1:8008")))
                .hasMessageContaining("http://worker_1:8008")
                .hasMessageNotContaining("secret");
    }

    @Test
    void directory_rejects_invalid_addresses_and_time_limits() {
        assertThatThrownBy(() -> PatroniDirectory.of(List.of()))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No address");
        assertThatThrownBy(() -> PatroniDirectory.of(URI.create("worker-1:8008")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"worker-1:8008\" is no address of Patroni's REST API");
        assertThatThrownBy(() -> PatroniDirectory.of(URI.create("http://a")).within(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("is not positive");
    }
}

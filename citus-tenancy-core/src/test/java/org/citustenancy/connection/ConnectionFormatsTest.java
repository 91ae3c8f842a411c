package org.citustenancy.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.testing.Program;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each form is read back by what applications read it with. */
@Tag("once")
class ConnectionFormatsTest {

    private static final String SHOW_VARIABLES =
            "printf '%s\\n' \"$DB_HOST\" \"$DB_PORT\" \"$DB_NAME\" \"$DB_USER\" \"$DB_PASSWORD\"";

    static List<String> odd() {
        return List.of(
                "plain-1_2.3",
                "with spaces",
                "'single'",
                "\"double\"",
                "$HOME `id` $(id) \\n ${x}",
                "#comment; a=b&c|d > e < f ! g",
                " leading and trailing ",
                "back\\slash\\",
                "percent%41%zz +@:/?",
                "ñandú 😀 日本",
                "é'\"");
    }

    private static ConnectionInfo connection(String database, String user, String password) {
        return new ConnectionInfo(
                "coordinator.example",
                5433,
                database,
                user,
                Optional.of(Secret.of(password)),
                "jdbc:postgresql://coordinator.example:5433/x",
                Map.of());
    }

    @ParameterizedTest
    @MethodSource("odd")
    void shell_reads_the_dot_env_or_the_value_is_refused(String text, @TempDir Path directory) throws Exception {
        ConnectionInfo connection = connection(text, text, text);
        if (text.equals("é'\"")) {
            assertThatThrownBy(connection::dotEnv)
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("DB_NAME")
                    .hasMessageContaining("uri()");
            return;
        }
        assumeTrue(Program.isThere("sh"), "There is no sh");
        Path file = Files.writeString(directory.resolve(".env"), connection.dotEnv());

        assertThat(Program.run("", "sh", "-euc", ". \"$1\"; " + SHOW_VARIABLES, "sh", file.toString()))
                .isEqualTo("coordinator.example\n5433\n" + text + "\n" + text + "\n" + text + "\n");
    }

    @Test
    void dot_env_refuses_line_breaks_without_showing_the_password() {
        assertThatThrownBy(() -> connection("line\nbreak", "user", "hidden-one").dotEnv())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("DB_NAME")
                .hasMessageNotContaining("hidden-one");
        assertThatThrownBy(() -> connection("name", "user", "hidden'$one").dotEnv())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("DB_PASSWORD")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void dot_env_writes_plain_values_without_quotes() {
        assertThat(connection("app_production", "app_user", "AppPassword123").dotEnv())
                .isEqualTo("""
                        DB_HOST=coordinator.example
                        DB_PORT=5433
                        DB_NAME=app_production
                        DB_USER=app_user
                        DB_PASSWORD=AppPassword123
                        """);
    }

    @ParameterizedTest
    @MethodSource("odd")
    void java_reads_the_spring_properties(String text) throws Exception {
        Properties read = new Properties();
        read.load(new StringReader(connection(text, text, text).springProperties()));

        assertThat(read)
                .containsOnly(
                        Map.entry("spring.datasource.url", "jdbc:postgresql://coordinator.example:5433/x"),
                        Map.entry("spring.datasource.username", text),
                        Map.entry("spring.datasource.password", text));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void node_reads_the_node_postgres_json(String text) throws Exception {
        assumeTrue(Program.isThere("node"), "Node.js is not installed");
        String script = """
                const c = JSON.parse(require('fs').readFileSync(0, 'utf8'));
                process.stdout.write([c.host, c.port, c.database, c.user, c.password, c.max].join('\\n'));
                """;

        assertThat(Program.run(connection(text, text, text).nodePostgres(), "node", "-e", script))
                .isEqualTo("coordinator.example\n5433\n" + text + "\n" + text + "\n" + text + "\n20");
    }

    @Test
    void uri_encodes_reserved_characters() {
        assertThat(connection("a/b c", "u@x", "p:%~é").uri())
                .isEqualTo("postgresql://u%40x:p%3A%25~%C3%A9@coordinator.example:5433/a%2Fb%20c");
        assertThat(new ConnectionInfo(
                                "::1",
                                5432,
                                "d",
                                "u",
                                Optional.of(Secret.of("p")),
                                "jdbc:postgresql://[::1]:5432/d",
                                Map.of("sslmode", "verify-full"))
                        .uri())
                .isEqualTo("postgresql://u:p@[::1]:5432/d?sslmode=verify-full");
    }

    @Test
    void connection_contains_all_hosts_and_leads_to_the_one_that_accepts_writes() {
        ConnectionInfo connection = CoordinatorAddress.of(
                        "jdbc:postgresql://one:5432,[::1]:5433/postgres?sslmode=require")
                .connection("d", "u", Optional.of(Secret.of("p")));

        assertThat(connection.uri())
                .isEqualTo("postgresql://u:p@one:5432,[::1]:5433/d?sslmode=require&target_session_attrs=read-write");
        assertThat(connection.jdbcUrl())
                .isEqualTo("jdbc:postgresql://one:5432,[::1]:5433/d?sslmode=require&targetServerType=primary");
        assertThat(CoordinatorAddress.of("jdbc:postgresql://one,two/postgres?targetServerType=any")
                        .jdbcUrl("d"))
                .isEqualTo("jdbc:postgresql://one:5432,two:5432/d?targetServerType=any");
    }

    @Test
    void formats_refuse_an_unknown_password() {
        ConnectionInfo unknown =
                new ConnectionInfo("h", 1, "d", "someone", Optional.empty(), "jdbc:postgresql://h:1/d", Map.of());

        assertThat(unknown.hasPassword()).isFalse();
        assertThatThrownBy(unknown::uri)
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("\"someone\"")
                .hasMessageContaining("name it in the request, at each start");
        assertThatThrownBy(unknown::dotEnv).isInstanceOf(NotFoundException.class);
    }

    @Test
    void connection_info_does_not_print_the_password() {
        assertThat(connection("d", "u", "hidden-one")).hasToString("u@coordinator.example:5433/d");
    }
}

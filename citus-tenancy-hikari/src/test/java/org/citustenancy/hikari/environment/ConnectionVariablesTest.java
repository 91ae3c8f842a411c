package org.citustenancy.hikari.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionVariablesTest {

    private static final Map<String, String> GUIDE = Map.of(
            "DB_HOST", "citus-master",
            "DB_NAME", "app_production",
            "DB_USER", "app_user",
            "DB_PASSWORD", "AppPassword123!");

    @Test
    void variables_of_the_guide_describe_a_connection() {
        ConnectionInfo connection = ConnectionVariables.of(GUIDE).connection();
        assertThat(connection.jdbcUrl()).isEqualTo("jdbc:postgresql://citus-master:5432/app_production");
        assertThat(connection.user()).isEqualTo("app_user");
        assertThat(connection.password()).isEqualTo(Secret.of("AppPassword123!"));
    }

    @Test
    void prefix_selects_a_project_on_the_same_cluster() {
        Map<String, String> variables = new HashMap<>(GUIDE);
        variables.put("DB_PORT", "6432");
        variables.put("ANALYTICS_DB_NAME", "analytics");
        variables.put("ANALYTICS_DB_USER", "analytics_user");
        variables.put("ANALYTICS_DB_PASSWORD", "AnalyticsPassword123!");
        ConnectionInfo connection = ConnectionVariables.of(variables).connection("ANALYTICS_");
        assertThat(connection.jdbcUrl()).isEqualTo("jdbc:postgresql://citus-master:6432/analytics");
        assertThat(connection.password()).isEqualTo(Secret.of("AnalyticsPassword123!"));
    }

    @Test
    void missing_and_wrong_variables_are_named_without_falling_back_to_another_password() {
        assertThatThrownBy(() -> ConnectionVariables.of(Map.of("DB_PORT", "many", "DB_USER", ""))
                        .connection())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("DB_HOST is not set")
                .hasMessageContaining("DB_PORT is \"many\"")
                .hasMessageContaining("DB_NAME is not set")
                .hasMessageContaining("DB_USER is not set")
                .hasMessageContaining("DB_PASSWORD is not set");
        assertThatThrownBy(() -> ConnectionVariables.of(GUIDE).connection("X_"))
                .hasMessageContaining("X_DB_NAME is not set; X_DB_USER is not set; X_DB_PASSWORD is not set");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AppPassword123!", "with space # and hash", "it's", "$HOME \"quoted\" \\ `x`", "=é="})
    void written_dot_env_file_is_read_back(String password, @TempDir Path directory) throws IOException {
        ConnectionInfo written = new ConnectionInfo(
                "citus-master", 5433, "my db", "me", Optional.of(Secret.of(password)), "unused", Map.of());
        Path file = Files.writeString(directory.resolve(".env"), written.dotEnv());
        ConnectionInfo read = ConnectionVariables.ofFile(file).connection();
        assertThat(read.password().reveal()).isEqualTo(password);
        assertThat(read.jdbcUrl()).isEqualTo("jdbc:postgresql://citus-master:5433/my%20db");
    }

    @Test
    void dot_env_file_with_a_byte_order_mark_and_foreign_keys_is_read(@TempDir Path directory) throws IOException {
        String password = "p\\\"".repeat(10_000);
        Path file = Files.writeString(
                directory.resolve(".env"),
                "\uFEFFDB_HOST=h\nspring.profiles-active=x\nDB_NAME=d\nDB_USER=u\nDB_PASSWORD=\"" + password + "\"\n");
        ConnectionInfo read = ConnectionVariables.ofFile(file).connection();
        assertThat(read.host()).isEqualTo("h");
        assertThat(read.password().reveal()).isEqualTo("p\"".repeat(10_000));
    }

    @Test
    void dot_env_file_is_read_as_dotenv_reads_it(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), """
                # the project
                export DB_HOST=citus-master   # the same for all
                DB_NAME = "app\\tproduction"
                DB_USER='app user'

                DB_PASSWORD=a#b
                """);
        ConnectionVariables variables = ConnectionVariables.ofFile(file);
        ConnectionInfo connection = variables.connection();
        assertThat(connection.host()).isEqualTo("citus-master");
        assertThat(connection.database()).isEqualTo("app\tproduction");
        assertThat(connection.user()).isEqualTo("app user");
        assertThat(connection.password().reveal()).isEqualTo("a#b");
        assertThat(ConnectionVariables.of(Map.of("DB_USER", "other"))
                        .over(variables)
                        .connection()
                        .user())
                .isEqualTo("other");
    }

    @Test
    void invalid_line_is_refused_by_number_without_its_content(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve(".env"), "DB_HOST=h\nDB_PASSWORD='secret\n");
        assertThatThrownBy(() -> ConnectionVariables.ofFile(file))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Line 2 of ")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> ConnectionVariables.ofFile(directory.resolve("none")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("cannot be read");
    }
}

package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvFileTest {

    private final EnvFile file;

    EnvFileTest(@TempDir Path directory) {
        this.file = new EnvFile(directory.resolve("new").resolve("app.env"));
    }

    @Test
    void missing_file_has_no_variables() throws IOException {
        assertThat(file.read()).isEmpty();
    }

    @Test
    void file_is_written_once_with_private_permissions() throws IOException {
        assertThat(file.write("A=1\n")).isTrue();
        assertThat(file.write("A=1\n")).isFalse();

        assertThat(permissions(file.path())).isEqualTo("rw-------");
        assertThat(permissions(file.path().getParent())).isEqualTo("rwx------");
        try (Stream<Path> beside = Files.list(file.path().getParent())) {
            assertThat(beside).containsExactly(file.path());
        }
    }

    @Test
    void write_makes_a_readable_file_private() throws IOException {
        file.write("A=1\n");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(file.isPrivate()).isFalse();
        assertThat(file.write("A=1\n")).isTrue();
        assertThat(permissions(file.path())).isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "two words", "a'b", "a\"b$c`d\\e", "#=:@/", "ñandú"})
    void written_values_are_read_back(String password) throws IOException {
        file.write(new ConnectionInfo("h", 1, "d", "u", Optional.of(Secret.of(password)), "jdbc:x", Map.of()).dotEnv());

        assertThat(file.read())
                .containsExactly(
                        entry("DB_HOST", "h"),
                        entry("DB_PORT", "1"),
                        entry("DB_NAME", "d"),
                        entry("DB_USER", "u"),
                        entry("DB_PASSWORD", password));
    }

    @Test
    void comments_and_exports_are_read_as_in_a_shell() throws IOException {
        file.write("# for the shop\n\nexport DB_NAME=app\nDB_USER=\"app user\" \n");

        assertThat(file.read()).containsExactly(entry("DB_NAME", "app"), entry("DB_USER", "app user"));
    }

    @Test
    void invalid_line_is_refused_by_number_without_its_content() throws IOException {
        file.write("DB_NAME=app\nsecret words\n");

        assertThatThrownBy(file::read)
                .isInstanceOf(DemoFailure.class)
                .hasMessageStartingWith("Line 2 of " + file.path())
                .hasMessageNotContaining("secret");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

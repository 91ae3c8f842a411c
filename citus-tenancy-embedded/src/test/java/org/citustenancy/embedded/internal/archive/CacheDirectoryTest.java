package org.citustenancy.embedded.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    private Path home;

    @Test
    void cache_directories_depend_on_the_user() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));

        assertThat(CacheDirectory.places("root", null, "/root"))
                .containsExactly(Path.of("/var/cache/citus-tenancy"), temporary.resolve("citus-tenancy-root"));
        assertThat(CacheDirectory.places("ana", null, home.toString()))
                .containsExactly(home.resolve(".cache/citus-tenancy"), temporary.resolve("citus-tenancy-ana"));
        assertThat(CacheDirectory.places("ana", "/caches/ana", home.toString()))
                .startsWith(Path.of("/caches/ana/citus-tenancy"));
        assertThat(CacheDirectory.places("ana", null, "/nonexistent"))
                .containsExactly(temporary.resolve("citus-tenancy-ana"));
    }

    @Test
    void directory_that_other_users_can_change_is_refused() throws IOException {
        Path open = Files.createDirectory(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> CacheDirectory.own(open))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other users");
        assertThat(CacheDirectory.own(home.resolve("a/b"))).isDirectory();
    }
}

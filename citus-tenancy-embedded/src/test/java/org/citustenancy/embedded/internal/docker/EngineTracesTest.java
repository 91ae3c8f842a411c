package org.citustenancy.embedded.internal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTracesTest {

    @TempDir
    private Path home;

    @Test
    void an_engine_may_be_where_something_tells_of_it() throws IOException {
        assertThat(EngineTraces.of(Map.of("DOCKER_HOST", "tcp://127.0.0.1:1"), home, "Linux")
                        .absence())
                .isEmpty();
        assertThat(EngineTraces.of(Map.of(), home, "Windows 11").absence()).isEmpty();

        Path runtime = Files.createDirectory(home.resolve("runtime"));
        Files.createFile(runtime.resolve("docker.sock"));
        assertThat(EngineTraces.of(Map.of("XDG_RUNTIME_DIR", runtime.toString()), home, "Linux")
                        .absence())
                .isEmpty();
    }

    @Test
    void where_nothing_tells_of_it_there_is_none() {
        EngineTraces none = new EngineTraces(List.of(), List.of(home.resolve("docker.sock")), false);

        assertThat(none.absence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("DOCKER_HOST"));
    }
}

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
    void engine_is_assumed_when_there_is_a_trace_of_it() throws IOException {
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
    void engine_is_absent_when_there_is_no_trace_of_it() {
        EngineTraces none = new EngineTraces(List.of(), List.of(home.resolve("docker.sock")), false);

        assertThat(none.absence())
                .hasValueSatisfying(reason -> assertThat(reason).contains("DOCKER_HOST"));
    }
}

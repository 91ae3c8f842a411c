package org.citustenancy.embedded.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    private static final Path SHELL = Path.of("/bin/sh");
    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void close_kills_programs_that_ignore_signals_and_removes_all_files() throws Exception {
        Workspace workspace = Workspace.open(TEMPORARY, SHELL);
        Path directory = Path.of(workspace.toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                .isEqualTo("rwx------");
        Path output = workspace.makeDirectory("stubborn").resolve("output");
        Program stubborn = workspace.launch(
                List.of("/bin/sh", "-c", "trap '' QUIT TERM INT; sleep 97 & echo started; while :; do sleep 1; done"),
                Map.of(),
                output);
        while (!Files.readString(output).contains("started")) {
            Thread.sleep(10);
        }
        List<ProcessHandle> family = ProcessHandle.of(stubborn.pid().orElseThrow())
                .map(ProcessHandle::descendants)
                .orElseThrow()
                .toList();
        assertThat(family).isNotEmpty();

        workspace.close();

        assertThat(stubborn.isAlive()).isFalse();
        // Who has lost its parent is gone when the system comes to it.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (family.stream().anyMatch(WorkspaceTest::sleeps) && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(family).noneMatch(WorkspaceTest::sleeps);
        assertThat(directory).doesNotExist();
        workspace.close();
    }

    private static boolean sleeps(ProcessHandle member) {
        return member.isAlive() && member.info().commandLine().orElse("").contains("sleep 97");
    }

    @Test
    void close_completes_when_the_thread_is_interrupted() throws Exception {
        Workspace workspace = Workspace.open(TEMPORARY, SHELL);

        Thread.currentThread().interrupt();
        workspace.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(Path.of(workspace.toString())).doesNotExist();
    }

    @Test
    void launch_is_refused_after_close() throws Exception {
        Workspace workspace = Workspace.open(TEMPORARY, SHELL);
        Path output = Files.createTempFile("output", "");
        workspace.close();

        assertThatThrownBy(() -> workspace.launch(List.of("/bin/sh", "-c", "echo ran"), Map.of(), output))
                .isInstanceOf(IOException.class);
        assertThat(output).isEmptyFile();
        Files.delete(output);
    }

    @Test
    void close_completes_when_the_guardian_was_killed() throws Exception {
        Workspace workspace = Workspace.open(TEMPORARY, SHELL);
        Path output = workspace.makeDirectory("sleeper").resolve("output");
        Program sleeper = workspace.launch(List.of("sleep", "97"), Map.of(), output);
        ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("citus-tenancy-guardian"))
                .filter(child -> child.info().commandLine().orElse("").contains(workspace.toString()))
                .forEach(ProcessHandle::destroyForcibly);

        workspace.close();

        assertThat(sleeper.isAlive()).isFalse();
        assertThat(Path.of(workspace.toString())).doesNotExist();
    }

    @Test
    void exception_contains_the_output_of_a_failed_program() throws Exception {
        try (Workspace workspace = Workspace.open(TEMPORARY, SHELL)) {
            assertThatThrownBy(() ->
                            workspace.run(List.of("/bin/sh", "-c", "echo why >&2; exit 3"), Duration.ofSeconds(10)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("exit code 3")
                    .hasMessageContaining("why");
            assertThatThrownBy(() -> workspace.run(List.of("sleep", "97"), Duration.ofMillis(50)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has not ended");
        }
    }
}

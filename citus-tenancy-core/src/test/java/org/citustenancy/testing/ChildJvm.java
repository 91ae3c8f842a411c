package org.citustenancy.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A JVM of its own, which reads and writes lines. It can be killed. */
public final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader said;
    private final Writer input;

    private ChildJvm(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.input = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a program of this class path. */
    public static ChildJvm start(Class<?> program, String... arguments) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        command.command().addAll(List.of(arguments));
        return new ChildJvm(
                command.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Tells it a line. */
    public void tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** The next line that it says. */
    public String hear() throws InterruptedException, ExecutionException {
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try {
                return String.valueOf(said.readLine());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
        try {
            return line.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException silence) {
            throw new AssertionError("The child said nothing for " + PATIENCE_SECONDS + " s", silence);
        }
    }

    /** Ends it by SIGKILL, and returns when it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

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

/** A JVM of its own, which is told things line by line and says things line by line. It can be killed. */
public final class ChildJvm implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader said;
    private final Writer told;

    private ChildJvm(Process process) {
        this.process = process;
        this.said = process.inputReader(StandardCharsets.UTF_8);
        this.told = process.outputWriter(StandardCharsets.UTF_8);
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
        told.write(line + "\n");
        told.flush();
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

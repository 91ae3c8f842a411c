package org.citustenancy.embedded.internal.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A short program that runs to its end and prints a few lines. */
public record Command(List<String> words) {

    private static final long SECONDS_TO_LIVE = 30;

    public Command {
        words = List.copyOf(words);
    }

    public static Command of(String... words) {
        return new Command(List.of(words));
    }

    /**
     * The outcome of a program.
     *
     * @param exitCode its exit code
     * @param output its output, standard error included, without surrounding white space
     */
    public record Outcome(int exitCode, String output) {

        public boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs it and waits for its end.
     *
     * @throws IOException if it cannot be started, or does not end within 30 seconds
     */
    public Outcome run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            // The output fits into the pipe, so the program ends without a reader.
            if (!process.waitFor(SECONDS_TO_LIVE, TimeUnit.SECONDS)) {
                throw new IOException(words + " has not ended after " + SECONDS_TO_LIVE + " s");
            }
            try (InputStream printed = process.getInputStream()) {
                String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(process.exitValue(), output.strip());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}

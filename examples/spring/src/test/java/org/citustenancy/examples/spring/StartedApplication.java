package org.citustenancy.examples.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The application in a process of its own, which finds by its environment where the cluster is.
 *
 * @param process the process
 * @param log what it says
 */
record StartedApplication(Process process, Path log) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    static StartedApplication with(Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        SpringExample.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // The environment of the tests is not meant for this application.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("CITUS") || name.startsWith("SPRING_") || name.endsWith("_PASSWORD"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
        builder.environment().put("SERVER_PORT", "0");
        return new StartedApplication(builder.start(), log);
    }

    /** Where it answers, as soon as it does. */
    String address() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            Matcher port = PORT.matcher(said());
            if (port.find()) {
                return "http://127.0.0.1:" + port.group(1);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The application did not start: " + said());
    }

    /** Its exit status, if it ends by itself. */
    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The application did not end: " + said());
        }
        return process.exitValue();
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}

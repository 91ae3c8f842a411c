package org.citustenancy.embedded.internal.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A small process that stops the programs of a directory and removes the directory, when it is closed or when this JVM
 * ends for any reason, including {@code SIGKILL}. It holds the other end of a pipe: the kernel closes this end when the
 * JVM ends.
 */
final class Guardian {

    /** Removing the files of many databases takes long on a busy machine. */
    private static final long SECONDS_TO_END = 120;

    private final Path directory;
    private final Process process;

    private Guardian(Path directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Guardian over(Path directory) throws IOException {
        return new Guardian(directory, launch(directory));
    }

    private static Process launch(Path directory) throws IOException {
        List<String> words = new ArrayList<>();
        // In a separate session it survives signals to the JVM's whole process group, such as Ctrl+C.
        Executables.onPath().find("setsid").ifPresent(setsid -> words.add(setsid.toString()));
        words.addAll(List.of("/bin/sh", "-c", script(), "citus-tenancy-guardian", directory.toString()));
        return new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String script() throws IOException {
        try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
            if (script == null) {
                throw new IOException("guardian.sh is missing beside " + Guardian.class.getName());
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * Stops the programs and removes the directory now. Waits even if this thread is interrupted, because nothing else
     * would do the work; the interrupt is kept.
     */
    void finish() throws IOException {
        String complaint = end(process);
        if (Files.exists(directory) || !complaint.isEmpty()) {
            // The guardian was killed or failed: another one does its work.
            complaint = end(launch(directory));
        }
        if (!complaint.isEmpty()) {
            throw new IOException("Not everything of " + directory + " could be removed: " + complaint);
        }
    }

    private static String end(Process guardian) throws IOException {
        try {
            guardian.getOutputStream().close();
        } catch (IOException pipeBroken) {
            if (guardian.isAlive()) {
                throw pipeBroken;
            }
        }
        boolean interrupted = false;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
        try {
            while (true) {
                try {
                    if (!guardian.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return "the guardian has not ended after " + SECONDS_TO_END + " s";
                    }
                    break;
                } catch (InterruptedException interruption) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        String printed = new String(guardian.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return guardian.exitValue() == 0 ? "" : "exit code " + guardian.exitValue() + " " + printed;
    }
}

package org.citustenancy.internal.backup.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ProgramException;
import org.citustenancy.internal.concurrent.DaemonThreads;
import org.citustenancy.internal.session.Deadline;

/**
 * Runs a program until it ends, the deadline passes or the calling thread is interrupted. The program never outlives
 * the call.
 */
public final class ChildProcess {

    private static final int LONGEST_OUTPUT = 1 << 20;
    private static final long GRACE_SECONDS = 5;

    private final List<String> command;
    private final Map<String, String> environment;

    /**
     * Creates a program to run.
     *
     * @param command its file and arguments, which every user of this machine can read
     * @param environment variables to add to this process's environment, which only the owner can read
     */
    public ChildProcess(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
    }

    /**
     * Runs the program.
     *
     * @param deadline the time by which it must have ended
     * @return its output, standard output and standard error
     * @throws ProgramException if it cannot be started, or fails
     */
    public String run(Deadline deadline) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // The variables that this process has set for its own clients must not affect the child.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException failure) {
            throw new ProgramException(
                    Failure.of("It cannot be started: " + failure.getMessage())
                            .where(place())
                            .fix("check that the file is executable"),
                    failure);
        }
        Output output = new Output(process.getInputStream());
        Thread reader = DaemonThreads.named("citus-tenancy-program-output").newThread(output);
        reader.start();
        try {
            if (!process.waitFor(Math.max(1, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
                throw deadline.exceeded(place());
            }
            reader.join(TimeUnit.SECONDS.toMillis(GRACE_SECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while it waited for a program")
                            .where(place())
                            .state("the program was ended")
                            .fix("run the request again"),
                    interrupted);
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new ProgramException(Failure.of("It ended with " + process.exitValue() + ": "
                            + output.text().strip())
                    .where(place())
                    .fix("fix what it reports and run the request again"));
        }
        return output.text();
    }

    private Place place() {
        return Place.unknown().at(String.valueOf(Path.of(command.get(0)).getFileName()));
    }

    private static void end(Process process) {
        boolean interrupted = false;
        process.destroy();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
        while (process.isAlive()) {
            try {
                if (!process.waitFor(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly();
                    end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GRACE_SECONDS);
                }
            } catch (InterruptedException again) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the output of a program, so that the program never waits for a reader, and keeps a limited part of it. */
    private static final class Output implements Runnable {

        private final InputStream source;
        private final StringBuilder kept = new StringBuilder();

        Output(InputStream source) {
            this.source = source;
        }

        @Override
        public void run() {
            byte[] buffer = new byte[8192];
            try (source) {
                for (int length = source.read(buffer); length >= 0; length = source.read(buffer)) {
                    keep(new String(buffer, 0, length, StandardCharsets.UTF_8));
                }
            } catch (IOException closed) {
                keep(" (" + closed.getMessage() + ")");
            }
        }

        private synchronized void keep(String text) {
            if (kept.length() < LONGEST_OUTPUT) {
                kept.append(text);
            }
        }

        synchronized String text() {
            return kept.toString();
        }
    }
}

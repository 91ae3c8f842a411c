package org.citustenancy.embedded.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that was started in a workspace. */
public final class Program {

    private static final long SECONDS_TO_DIE = 5;
    private static final long MILLISECONDS_BETWEEN = 5;

    private final Process process;
    private final Path pidFile;
    private final CompletableFuture<Void> forgotten;

    Program(Process process, Path pidFile) {
        this.process = process;
        this.pidFile = pidFile;
        // The process id may be reused by another program later; the guardian must not end that one.
        this.forgotten = process.onExit().thenAccept(ended -> forget());
    }

    private void forget() {
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException directoryIsGoing) {
            // The workspace is being removed, including this file.
            return;
        }
    }

    Process process() {
        return process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Returns its exit code.
     *
     * @throws IllegalThreadStateException if it is alive
     */
    public int exitCode() {
        return process.exitValue();
    }

    /** Returns its process id; empty while it is starting, and after it has ended. */
    public OptionalLong pid() throws IOException {
        try {
            String pid = Files.readString(pidFile).strip();
            return pid.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(pid));
        } catch (NoSuchFileException notRunning) {
            return OptionalLong.empty();
        }
    }

    /** Sends a signal to it, if it is alive. */
    public void signal(String signal) throws IOException, InterruptedException {
        OptionalLong pid = pid();
        if (pid.isPresent()) {
            Command.Outcome outcome = signal(signal, pid.getAsLong());
            if (!outcome.succeeded() && process.isAlive()) {
                throw new IOException(
                        "SIG" + signal + " could not be sent to process " + pid.getAsLong() + ": " + outcome.output());
            }
        }
    }

    /** Sends a signal to it, and then to all processes that it has started, some of which may just have ended. */
    public void signalAll(String signal) throws IOException, InterruptedException {
        signal(signal);
        OptionalLong pid = pid();
        if (pid.isPresent()) {
            List<ProcessHandle> children = ProcessHandle.of(pid.getAsLong()).stream()
                    .flatMap(ProcessHandle::descendants)
                    .toList();
            for (ProcessHandle child : children) {
                signal(signal, child.pid());
            }
        }
    }

    private static Command.Outcome signal(String signal, long pid) throws IOException, InterruptedException {
        return Command.of("/bin/sh", "-c", "kill -s \"$0\" \"$1\"", signal, "" + pid)
                .run();
    }

    /**
     * Waits for its end.
     *
     * @return whether it has ended
     */
    public boolean waitFor(long milliseconds) throws InterruptedException {
        boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        if (ended) {
            forgotten.join();
        }
        return ended;
    }

    /** Kills it and all processes that it has started, and waits for their end. */
    public void killAll() throws IOException, InterruptedException {
        OptionalLong pid = pid();
        if (pid.isPresent()) {
            // While it is stopped, it starts no further process during the collection of its processes.
            signal("STOP");
            List<ProcessHandle> family = ProcessHandle.of(pid.getAsLong()).stream()
                    .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            awaitEnd(family);
        }
        process.destroyForcibly();
        process.waitFor();
        forgotten.join();
    }

    /**
     * Waits until the processes have ended. ProcessHandle.onExit looks at a process that is no child of this one in
     * growing intervals, with a thread for each.
     */
    private static void awaitEnd(List<ProcessHandle> processes) throws InterruptedException {
        long begun = System.nanoTime();
        while (!processes.stream().allMatch(Program::hasEnded)
                && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(SECONDS_TO_DIE)) {
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS_BETWEEN);
        }
    }

    /** A process that has ended is listed until its parent, or the process that inherits orphans, reaps it. */
    private static boolean hasEnded(ProcessHandle process) {
        return !process.isAlive() || isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            // "42 (name) Z 1 …": the name may contain anything.
            String status = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            return status.startsWith(" Z", status.lastIndexOf(')') + 1);
        } catch (IOException notLinuxOrGone) {
            return false;
        }
    }
}

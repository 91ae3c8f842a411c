package org.citustenancy.embedded.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A private directory, its owner, and the programs that run in it. When it is closed, or when this JVM ends for any
 * reason, the programs are stopped and the directory is removed.
 */
public final class Workspace implements AutoCloseable {

    /** Writes the process id to the file that the guardian reads, before the program starts. */
    private static final String REGISTER_AND_RUN = "echo $$ > \"$0\" && exec \"$@\"";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path directory;
    private final Path pids;
    private final ServerAccount account;
    private final Guardian guardian;
    private final AtomicInteger launches = new AtomicInteger();

    private Workspace(Path directory, Path pids, ServerAccount account, Guardian guardian) {
        this.directory = directory;
        this.pids = pids;
        this.account = account;
        this.guardian = guardian;
    }

    /**
     * Creates a directory.
     *
     * @param program a program that will run here, which the selected user must be able to run
     */
    public static Workspace open(Path parent, Path program) throws IOException, InterruptedException {
        Path directory = parent.resolve("citus-tenancy-" + UUID.randomUUID()).toAbsolutePath();
        // Started before the directory exists: a JVM that is killed between the two would leave the directory behind.
        Guardian guardian = Guardian.over(directory);
        try {
            Files.createDirectory(directory, OWNER_ONLY);
            ServerAccount account = ServerAccount.choose(directory, program);
            Path pids = Files.createDirectory(directory.resolve("pids"));
            account.own(pids);
            return new Workspace(directory, pids, account, guardian);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            finishAfter(failure, guardian);
            throw failure;
        }
    }

    /** Returns the user that runs the programs. */
    public String user() {
        return account.toString();
    }

    /** Creates a directory for the programs that run here. */
    public Path makeDirectory(String name) throws IOException {
        Path made = Files.createDirectory(directory.resolve(name), OWNER_ONLY);
        account.own(made);
        return made;
    }

    /** Writes a file that only the programs that run here can read. */
    public void write(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
        account.own(file);
    }

    /**
     * Starts a program that runs until it is stopped.
     *
     * @param environment variables of the program, in addition to those of this JVM that do not concern PostgreSQL
     * @param output the file to which its output is appended
     */
    public Program launch(List<String> words, Map<String, String> environment, Path output) throws IOException {
        Path pid = pids.resolve(launches.incrementAndGet() + ".pid");
        List<String> registering = new ArrayList<>(List.of("/bin/sh", "-c", REGISTER_AND_RUN, pid.toString()));
        registering.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(account.command(registering))
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        // Variables for this JVM's own connections must not redirect a server's connections.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().remove("LANGUAGE");
        builder.environment().put("LANG", "C");
        builder.environment().put("HOME", directory.toString());
        builder.environment().putAll(environment);
        return new Program(builder.start(), pid);
    }

    /**
     * Runs a program to its end.
     *
     * @throws IOException if it fails or takes longer than the timeout; with its output
     */
    public void run(List<String> words, Duration timeout) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "run-", ".log");
        Program program = launch(words, Map.of(), output);
        try {
            if (!program.process().waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(words.get(0) + " has not ended after " + timeout.toSeconds() + " s");
            }
        } finally {
            program.process().destroyForcibly();
        }
        if (program.process().exitValue() != 0) {
            throw new IOException(String.join(" ", words) + " failed with exit code "
                    + program.process().exitValue() + ":\n" + Files.readString(output));
        }
        Files.delete(output);
    }

    private static void finishAfter(Exception failure, Guardian guardian) {
        try {
            guardian.finish();
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
    }

    /** Closes the workspace after a failure, to which it adds the failures of closing. */
    public void closeAfter(Exception failure) {
        finishAfter(failure, guardian);
    }

    /** Stops every program and removes the directory. Repeated calls have no effect. */
    @Override
    public void close() throws IOException {
        guardian.finish();
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}

package org.citustenancy.embedded.internal.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.citustenancy.embedded.internal.process.Program;
import org.citustenancy.embedded.internal.process.Workspace;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server that is a process of this machine. */
final class PostgresServer implements Server {

    private static final int STATUS_LINE = 7;
    private static final long POLL_MILLIS = 15;
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    /**
     * The location and the parts of a server.
     *
     * @param label its label
     * @param postgres the program
     * @param home the directory that contains its data and its log
     * @param address the name at which nodes reach it
     * @param clientAddress the name at which clients reach it
     * @param port the port on which it listens
     * @param environment variables that it starts with
     * @param startTimeout how long it may take to start
     */
    record Definition(
            String label,
            Path postgres,
            Path home,
            String address,
            String clientAddress,
            int port,
            Map<String, String> environment,
            Duration startTimeout) {

        Path data() {
            return home.resolve("data");
        }
    }

    private final Definition definition;
    private final Workspace workspace;
    private final DataDirectories dataDirectories;
    private final ServerLog log;
    private @Nullable Program program;

    PostgresServer(Definition definition, Workspace workspace, DataDirectories dataDirectories) {
        this.definition = definition;
        this.workspace = workspace;
        this.dataDirectories = dataDirectories;
        this.log = new ServerLog(definition.home().resolve("server.log"));
    }

    @Override
    public String label() {
        return definition.label();
    }

    @Override
    public String name() {
        return definition.address();
    }

    @Override
    public int port() {
        return definition.port();
    }

    @Override
    public String clientAddress() {
        return definition.clientAddress() + ":" + definition.port();
    }

    @Override
    public synchronized boolean isRunning() {
        return program != null && program.isAlive();
    }

    @Override
    public synchronized void start() throws ServerException, InterruptedException {
        if (isRunning()) {
            return;
        }
        try {
            long logged = log.size();
            Program starting = workspace.launch(
                    List.of(
                            definition.postgres().toString(),
                            "-D",
                            definition.data().toString()),
                    definition.environment(),
                    log.file());
            program = starting;
            awaitReady(starting, logged);
        } catch (IOException failure) {
            throw new ServerException(this + " could not be started: " + failure, failure);
        }
    }

    private void awaitReady(Program starting, long logged) throws ServerException, IOException, InterruptedException {
        long deadline = System.nanoTime() + definition.startTimeout().toNanos();
        while (!saysReady(starting)) {
            if (starting.waitFor(POLL_MILLIS)) {
                String said = log.since(logged);
                String message = this + " has ended while it started, with exit code " + starting.exitCode()
                        + ". Its log ends with:\n" + ServerLog.tail(said);
                throw portIsTaken(said) ? new PortTakenException(message) : new ServerException(message);
            }
            if (System.nanoTime() > deadline) {
                starting.killAll();
                throw new ServerException(this + " was not ready after "
                        + definition.startTimeout().toSeconds() + " s. Its log ends with:\n"
                        + ServerLog.tail(log.since(logged)));
            }
        }
        String said = log.since(logged);
        if (portIsTaken(said)) {
            // The server got the port on only one of its addresses.
            starting.killAll();
            throw new PortTakenException(this + " did not get its port:\n" + ServerLog.tail(said));
        }
    }

    private static boolean portIsTaken(String log) {
        return log.contains("could not create listen socket");
    }

    private boolean saysReady(Program starting) throws IOException {
        OptionalLong pid = starting.pid();
        if (pid.isEmpty()) {
            return false;
        }
        try {
            // After a crash the file of the previous server still exists: its first line contains another process id.
            List<String> lines = Files.readAllLines(definition.data().resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.get(STATUS_LINE).strip().equals("ready")
                    && lines.get(0).strip().equals(Long.toString(pid.getAsLong()));
        } catch (NoSuchFileException notYet) {
            return false;
        }
    }

    @Override
    public synchronized void stop() throws ServerException, InterruptedException {
        Program running = program;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            running.signal("INT");
            if (!running.waitFor(STOP_TIMEOUT.toMillis())) {
                throw new ServerException(this + " has not stopped after " + STOP_TIMEOUT.toSeconds()
                        + " s; kill() it. Its log ends with:\n" + ServerLog.tail(log.read()));
            }
        } catch (IOException failure) {
            throw new ServerException(this + " could not be stopped: " + failure, failure);
        }
    }

    @Override
    public synchronized void kill() throws ServerException, InterruptedException {
        Program running = program;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            running.killAll();
        } catch (IOException failure) {
            throw new ServerException(this + " could not be killed: " + failure, failure);
        }
    }

    @Override
    public synchronized void pause() throws ServerException, InterruptedException {
        signalAll("STOP", "paused");
    }

    @Override
    public synchronized void resume() throws ServerException, InterruptedException {
        signalAll("CONT", "resumed");
    }

    private void signalAll(String signal, String participle) throws ServerException, InterruptedException {
        Program running = program;
        if (running == null || !running.isAlive()) {
            return;
        }
        try {
            running.signalAll(signal);
        } catch (IOException failure) {
            throw new ServerException(this + " could not be " + participle + ": " + failure, failure);
        }
    }

    @Override
    public synchronized void wipe() throws ServerException, InterruptedException {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs: stop() or kill() it before wipe()");
        }
        try {
            dataDirectories.remove(definition.data());
            dataDirectories.make(definition.data(), definition.port());
        } catch (IOException failure) {
            throw new ServerException(this + " could not be given an empty data directory: " + failure, failure);
        }
    }

    @Override
    public synchronized void promote() throws ServerException, InterruptedException {
        try {
            dataDirectories.promote(definition.data());
        } catch (IOException failure) {
            throw new ServerException(this + " could not be promoted: " + failure.getMessage(), failure);
        }
    }

    @Override
    public synchronized void follow(Server primary) throws ServerException {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs: stop() it before follow()");
        }
        try {
            dataDirectories.follow((PostgresServer) primary, definition.data());
        } catch (IOException failure) {
            throw new ServerException(this + " could not become a standby: " + failure.getMessage(), failure);
        }
    }

    /** Returns the connection parameters with which a standby on this machine replicates the server. */
    String replicationParameters() {
        return "host=" + definition.clientAddress() + " port=" + definition.port() + " user=" + FleetOptions.ADMIN_USER
                + " passfile=" + definition.home().resolve("passwords") + " application_name=standby";
    }

    @Override
    public String log() throws ServerException {
        try {
            return log.read();
        } catch (IOException failure) {
            throw new ServerException("The log of " + this + " could not be read: " + failure, failure);
        }
    }

    @Override
    public String toString() {
        return definition.label() + " on port " + definition.port();
    }
}

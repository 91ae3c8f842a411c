package org.citustenancy.embedded.internal.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** A server in a container. */
final class DockerServer implements Server {

    private static final Logger LOG = LoggerFactory.getLogger(DockerServer.class);

    /** Each check runs a program in the container, which slows down the starting server. */
    private static final long POLL_MILLIS = 400;

    private static final int STOP_SECONDS = 30;
    private static final int TAIL_LINES = 30;

    private final String label;
    private final Publication publication;
    private final CitusContainers containers;
    private volatile @Nullable GenericContainer<?> container;
    private String earlierLog = "";

    /**
     * @param label its label, and its name on the network
     * @param publication the address at which its port is published
     */
    DockerServer(String label, Publication publication, CitusContainers containers) {
        this.label = label;
        this.publication = publication;
        this.containers = containers;
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public String name() {
        return label;
    }

    @Override
    public int port() {
        return CitusContainers.PORT;
    }

    @Override
    public String clientAddress() {
        return publication.address();
    }

    @Override
    public synchronized boolean isRunning() {
        InspectContainerResponse state = inspect();
        return state != null && Boolean.TRUE.equals(state.getState().getRunning());
    }

    private @Nullable InspectContainerResponse inspect() {
        GenericContainer<?> current = container;
        if (current == null) {
            return null;
        }
        try {
            return client().inspectContainerCmd(current.getContainerId()).exec();
        } catch (NotFoundException removed) {
            return null;
        }
    }

    @Override
    public synchronized void start() throws ServerException, InterruptedException {
        if (isRunning()) {
            return;
        }
        try {
            awaitReady(UninterruptibleTask.start(this::startContainer).toTheEnd());
        } catch (ExecutionException | RuntimeException | IOException failure) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while " + label + " started");
            }
            throw new ServerException(label + " could not be started: " + new Causes(failure).text(), failure);
        }
    }

    private GenericContainer<?> startContainer() {
        GenericContainer<?> current = container;
        if (current == null) {
            current = containers.make(label, publication);
            // Testcontainers removes the container if its start fails.
            current.start();
            container = current;
        } else {
            client().startContainerCmd(current.getContainerId()).exec();
        }
        return current;
    }

    private void awaitReady(GenericContainer<?> starting) throws ServerException, IOException, InterruptedException {
        Duration timeout = containers.options().startTimeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!accepts(starting)) {
            if (!isRunning()) {
                throw new ServerException(label + " has ended while it started. Its log ends with:\n" + tail(starting));
            }
            if (System.nanoTime() > deadline) {
                throw new ServerException(label + " was not ready after " + timeout.toSeconds()
                        + " s. Its log ends with:\n" + tail(starting));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** Connects by TCP, because the temporary server of the image's initialization does not listen there. */
    private boolean accepts(GenericContainer<?> starting) throws IOException, InterruptedException {
        if (!isRunning()) {
            return false;
        }
        String[] question = {"pg_isready", "-q", "-h", "127.0.0.1", "-U", FleetOptions.ADMIN_USER, "-d", "postgres"};
        try {
            return starting.execInContainer(question).getExitCode() == 0;
        } catch (NotFoundException | ConflictException ended) {
            // The container ended between the check and the command: callers that wait check again.
            LOG.debug("{} could not be asked whether it is ready", label, ended);
            return false;
        }
    }

    @Override
    public synchronized void stop() throws ServerException {
        GenericContainer<?> current = container;
        if (current != null && isRunning()) {
            attempt("stopped", () -> client().stopContainerCmd(current.getContainerId())
                    .withTimeout(STOP_SECONDS)
                    .exec());
        }
    }

    @Override
    public synchronized void kill() throws ServerException {
        GenericContainer<?> current = container;
        if (current != null && isRunning()) {
            attempt("killed", () -> client().killContainerCmd(current.getContainerId())
                    .withSignal("KILL")
                    .exec());
        }
    }

    @Override
    public synchronized void pause() throws ServerException {
        GenericContainer<?> current = container;
        if (current != null && isRunning()) {
            attempt("paused", () -> client().pauseContainerCmd(current.getContainerId())
                    .exec());
        }
    }

    @Override
    public synchronized void resume() throws ServerException {
        GenericContainer<?> current = container;
        if (current != null && isRunning()) {
            attempt("resumed", () -> client().unpauseContainerCmd(current.getContainerId())
                    .exec());
        }
    }

    @Override
    public synchronized void wipe() throws ServerException {
        if (isRunning()) {
            throw new IllegalStateException(label + " runs: stop() or kill() it before wipe()");
        }
        earlierLog = log();
        remove();
    }

    @Override
    public void promote() throws ServerException {
        throw noStandbys();
    }

    @Override
    public void follow(Server primary) throws ServerException {
        throw noStandbys();
    }

    static ServerException noStandbys() {
        return new ServerException("Containers have no standbys here; use servers of this machine (Backend.LOCAL)");
    }

    /** Removes the container with its data, even if it is running. */
    synchronized void remove() throws ServerException {
        GenericContainer<?> current = container;
        if (current != null) {
            attempt("removed", current::stop);
            container = null;
        }
    }

    @Override
    public synchronized String log() {
        return container == null ? earlierLog : earlierLog + container.getLogs();
    }

    private void attempt(String participle, Runnable action) throws ServerException {
        try {
            action.run();
        } catch (RuntimeException failure) {
            throw new ServerException(
                    label + " could not be " + participle + ": " + new Causes(failure).text(), failure);
        }
    }

    private static DockerClient client() {
        return DockerClientFactory.instance().client();
    }

    private static String tail(GenericContainer<?> container) {
        List<String> lines = container.getLogs().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    @Override
    public String toString() {
        return label;
    }
}

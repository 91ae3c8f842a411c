package org.citustenancy.embedded.internal.docker;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.citustenancy.embedded.internal.fleet.Fleet;
import org.citustenancy.embedded.internal.fleet.FleetOptions;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;
import org.citustenancy.embedded.internal.ports.ReservedPort;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * Servers in containers on one network, on which they reach each other by name. The port of each is published to this
 * JVM.
 */
final class DockerFleet implements Fleet {

    private static final int PORT_ATTEMPTS = 10;

    private final CitusContainers containers;
    private final Queue<DockerServer> servers = new ConcurrentLinkedQueue<>();

    /** Closing waits for servers that are still starting, so that it removes all of them. */
    private final ReadWriteLock making = new ReentrantReadWriteLock();

    private volatile boolean closed;

    private DockerFleet(CitusContainers containers) {
        this.containers = containers;
    }

    static DockerFleet open(DockerImageName image, FleetOptions options) throws ServerException {
        if (options.access().differ()) {
            throw new ServerException("In Docker, nodes and clients have no different addresses: use the same"
                    + " authentication for both, or the local backend.");
        }
        return new DockerFleet(new CitusContainers(image, Network.newNetwork(), options));
    }

    @Override
    public Server add(String label) throws ServerException, InterruptedException {
        making.readLock().lock();
        try {
            if (closed) {
                throw new ServerException(label + " cannot be made: the cluster is closed");
            }
            return startPublished(label);
        } finally {
            making.readLock().unlock();
        }
    }

    private Server startPublished(String label) throws ServerException, InterruptedException {
        String host = DockerClientFactory.instance().dockerHostIpAddress();
        ServerException lost = new ServerException("no attempt was made");
        for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
            try {
                return start(label, Publication.at(host, freePort()));
            } catch (ServerException failure) {
                if (!portIsTaken(failure)) {
                    throw failure;
                }
                lost = failure;
            }
        }
        throw new ServerException(label + " found its port taken " + PORT_ATTEMPTS + " times", lost);
    }

    /**
     * Returns a port that is free on this machine. The engine may be on another machine, where the port is at least
     * likely to be free.
     */
    private static int freePort() throws ServerException {
        try (ReservedPort port = ReservedPort.on(List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))) {
            return port.number();
        } catch (IOException failure) {
            throw new ServerException("No port for a container: " + failure.getMessage(), failure);
        }
    }

    private static boolean portIsTaken(ServerException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("port is already allocated") || message.contains("address already in use");
    }

    private Server start(String label, Publication publication) throws ServerException, InterruptedException {
        DockerServer server = new DockerServer(label, publication, containers);
        servers.add(server);
        server.start();
        return server;
    }

    @Override
    public Server addStandby(String label, Server primary) throws ServerException {
        throw DockerServer.noStandbys();
    }

    @Override
    public void close() throws ServerException {
        closed = true;
        // An interrupted thread cannot complete its communication with the engine.
        boolean interrupted = Thread.interrupted();
        making.writeLock().lock();
        try {
            for (DockerServer server = servers.poll(); server != null; server = servers.poll()) {
                server.remove();
            }
            containers.network().close();
        } catch (RuntimeException failure) {
            throw new ServerException(
                    "The network of the cluster could not be removed: " + failure.getMessage(), failure);
        } finally {
            making.writeLock().unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

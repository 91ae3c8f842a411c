package org.citustenancy.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * One node of an {@link EmbeddedCluster}, which can be stopped, killed and started again to see what others make of it.
 * All methods may be called from any thread.
 *
 * <p>Each method that changes the node waits until it is done. When the thread is interrupted meanwhile, it throws
 * {@link EmbeddedClusterException} and leaves the thread interrupted.
 */
public final class EmbeddedNode {

    private final Server server;

    EmbeddedNode(Server server) {
        this.server = server;
    }

    Server server() {
        return server;
    }

    /** The name by which other nodes reach it, as in {@code pg_dist_node.nodename}. */
    public String name() {
        return server.name();
    }

    /** The port by which other nodes reach it, as in {@code pg_dist_node.nodeport}. */
    public int port() {
        return server.port();
    }

    /**
     * The JDBC URL of a database on this node, for a connection from this JVM; without user and password.
     *
     * @throws EmbeddedClusterException if the node cannot be reached from this JVM
     */
    public String jdbcUrl(String database) {
        try {
            return "jdbc:postgresql://" + server.clientAddress() + "/"
                    + URLEncoder.encode(database, StandardCharsets.UTF_8);
        } catch (ServerException failure) {
            throw new EmbeddedClusterException(String.valueOf(failure.getMessage()), failure);
        }
    }

    /** Whether its server runs. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /**
     * Starts it again, with the port and the data that it had. Does nothing if it runs.
     *
     * @throws EmbeddedClusterException if it does not start; with the end of its log
     */
    public void start() {
        act("start", Server::start);
    }

    /**
     * Stops it in order: transactions under way are rolled back and sessions are cut off. Does nothing if it does not
     * run.
     *
     * @throws EmbeddedClusterException if it does not stop
     */
    public void stop() {
        act("stop", Server::stop);
    }

    /**
     * Ends all of its processes by {@code SIGKILL}. What was committed is there when it is started again. Does
     * nothing if it does not run.
     *
     * @throws EmbeddedClusterException if it cannot be killed
     */
    public void kill() {
        act("kill", Server::kill);
    }

    /**
     * Gives it an empty data directory with the same settings, as if its disk had been replaced. It stays registered with
     * the other nodes but knows nothing of them, and has no Citus extension until you create it.
     *
     * @throws IllegalStateException if it runs
     * @throws EmbeddedClusterException if that fails
     */
    public void wipe() {
        act("wipe", Server::wipe);
    }

    /**
     * What its server has logged so far, over all its starts.
     *
     * @throws EmbeddedClusterException if the log cannot be read
     */
    public String log() {
        try {
            return server.log();
        } catch (ServerException failure) {
            throw new EmbeddedClusterException(String.valueOf(failure.getMessage()), failure);
        }
    }

    private void act(String verb, Action action) {
        try {
            action.on(server);
        } catch (ServerException failure) {
            throw new EmbeddedClusterException(String.valueOf(failure.getMessage()), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new EmbeddedClusterException(
                    "Interrupted during " + verb + "() of " + this + "; ask isRunning() how far it got", interruption);
        }
    }

    @FunctionalInterface
    private interface Action {
        void on(Server server) throws ServerException, InterruptedException;
    }

    /** Which node it is and where, such as {@code worker-1 (127.0.0.1:23456)}. */
    @Override
    public String toString() {
        return server.label() + " (" + server.name() + ":" + server.port() + ")";
    }
}

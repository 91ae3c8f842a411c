package org.citustenancy.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * One node of an {@link EmbeddedCluster}. You can stop, kill, pause, promote and restart it to test the reaction of
 * other nodes and clients. All methods may be called from any thread.
 *
 * <p>Each method that changes the node waits until the change is complete. If the thread is interrupted meanwhile, it
 * throws {@link EmbeddedClusterException} and leaves the thread interrupted.
 */
public final class EmbeddedNode {

    private final Server server;

    EmbeddedNode(Server server) {
        this.server = server;
    }

    Server server() {
        return server;
    }

    /** Returns the name at which other nodes reach it, as in {@code pg_dist_node.nodename}. */
    public String name() {
        return server.name();
    }

    /** Returns the port at which other nodes reach it, as in {@code pg_dist_node.nodeport}. */
    public int port() {
        return server.port();
    }

    /**
     * Returns the JDBC URL of a database on this node, for a connection from this JVM, without user and password.
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

    /** Returns whether its server is running. */
    public boolean isRunning() {
        return server.isRunning();
    }

    /**
     * Restarts the node with its previous port and data. Does nothing if it is running.
     *
     * @throws EmbeddedClusterException if it does not start; with the end of its log
     */
    public void start() {
        act("start", Server::start);
    }

    /**
     * Stops the node regularly: active transactions are rolled back and sessions are terminated. Does nothing if it is
     * not running.
     *
     * @throws EmbeddedClusterException if it does not stop
     */
    public void stop() {
        act("stop", Server::stop);
    }

    /**
     * Ends all of its processes by {@code SIGKILL}. Committed data is available after a restart. Does nothing if it is
     * not running.
     *
     * @throws EmbeddedClusterException if it cannot be killed
     */
    public void kill() {
        act("kill", Server::kill);
    }

    /**
     * Suspends all of its processes ({@code SIGSTOP}, or a paused container): the node accepts connections and does not
     * answer, as a hung machine does. End this with {@link #resume()} or {@link #kill()}. Does nothing if it is not
     * running.
     *
     * @throws EmbeddedClusterException if it cannot be paused
     */
    public void pause() {
        act("pause", Server::pause);
    }

    /**
     * Resumes all processes after {@link #pause()}. Does nothing if it is not running.
     *
     * @throws EmbeddedClusterException if it cannot be resumed
     */
    public void resume() {
        act("resume", Server::resume);
    }

    /**
     * Promotes a standby ({@link EmbeddedCluster#addStandby}) and waits until it accepts writes. Does nothing if it is
     * no standby.
     *
     * @throws EmbeddedClusterException if it cannot be promoted, or if the backend is {@link Backend#DOCKER}
     */
    public void promote() {
        act("promote", Server::promote);
    }

    /**
     * Makes this stopped node a standby of another node, as a switchover does with the former primary. The change takes
     * effect at the next {@link #start()}. This node must not have WAL that the other node lacks: {@link #stop()} it
     * before you promote the other node.
     *
     * @param primary the node to follow
     * @throws IllegalStateException if this node is running
     * @throws EmbeddedClusterException if a file cannot be written, or if the backend is {@link Backend#DOCKER}
     */
    public void follow(EmbeddedNode primary) {
        act("follow", stopped -> stopped.follow(primary.server()));
    }

    /**
     * Replaces the data directory with an empty one with the same settings, as if the disk had been replaced. The node
     * stays registered with the other nodes, but has no metadata of them, and has no Citus extension until you create
     * it.
     *
     * @throws IllegalStateException if it is running
     * @throws EmbeddedClusterException if that fails
     */
    public void wipe() {
        act("wipe", Server::wipe);
    }

    /**
     * Returns the log of its server since the first start.
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

    /** Returns the node and its address, such as {@code worker-1 (127.0.0.1:23456)}. */
    @Override
    public String toString() {
        return server.label() + " (" + server.name() + ":" + server.port() + ")";
    }
}

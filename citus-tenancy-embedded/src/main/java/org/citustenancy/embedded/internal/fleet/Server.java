package org.citustenancy.embedded.internal.fleet;

/** One server of a fleet. Its methods may be called from any thread; methods that change it exclude each other. */
public interface Server {

    /** Returns its label: {@code coordinator}, {@code worker-1}. */
    String label();

    /** Returns the name at which the other servers reach it. */
    String name();

    /** Returns the port at which the other servers reach it. */
    int port();

    /**
     * Returns the address at which this JVM reaches it, as {@code host:port}.
     *
     * @throws ServerException if it is not reachable from this JVM
     */
    String clientAddress() throws ServerException;

    /** Starts it and waits until it accepts connections. Does nothing if it is running. */
    void start() throws ServerException, InterruptedException;

    /** Stops it regularly; its sessions are terminated. Does nothing if it is not running. */
    void stop() throws ServerException, InterruptedException;

    /** Ends all of its processes at once, as a power cut would. Does nothing if it is not running. */
    void kill() throws ServerException, InterruptedException;

    /** Stops all of its processes where they are: connections stay open and get no answer. */
    void pause() throws ServerException, InterruptedException;

    /** Continues after {@link #pause}. */
    void resume() throws ServerException, InterruptedException;

    /**
     * Replaces the data directory of a stopped server with an empty one.
     *
     * @throws IllegalStateException if it is running
     */
    void wipe() throws ServerException, InterruptedException;

    /** Promotes a standby and waits until it accepts writes. Does nothing if it is no standby. */
    void promote() throws ServerException, InterruptedException;

    /**
     * Makes a stopped server a standby of another one, which it replicates from its next start on. Its data must be an
     * earlier state of the other one's.
     *
     * @throws IllegalStateException if it is running
     */
    void follow(Server primary) throws ServerException, InterruptedException;

    boolean isRunning();

    /** Returns its log since the first start. */
    String log() throws ServerException;
}

package org.citustenancy.embedded.internal.fleet;

/** One server of a fleet. Its methods may be called from any thread; those that change it wait for one another. */
public interface Server {

    /** Which one it is, for people: {@code coordinator}, {@code worker-1}. */
    String label();

    /** The name by which the other servers reach it. */
    String name();

    /** The port by which the other servers reach it. */
    int port();

    /**
     * Where this JVM reaches it, as {@code host:port}.
     *
     * @throws ServerException if it is not reachable from this JVM
     */
    String clientAddress() throws ServerException;

    /** Starts it and waits until it accepts connections. Does nothing if it runs. */
    void start() throws ServerException, InterruptedException;

    /** Ends it in order, its sessions are cut off. Does nothing if it does not run. */
    void stop() throws ServerException, InterruptedException;

    /** Ends all of its processes at once, as a power cut would. Does nothing if it does not run. */
    void kill() throws ServerException, InterruptedException;

    /**
     * Gives a stopped server an empty data directory.
     *
     * @throws IllegalStateException if it runs
     */
    void wipe() throws ServerException, InterruptedException;

    boolean isRunning();

    /** What it has logged so far. */
    String log() throws ServerException;
}

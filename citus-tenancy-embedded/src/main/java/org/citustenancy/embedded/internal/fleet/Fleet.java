package org.citustenancy.embedded.internal.fleet;

/** Servers that are started and ended together, without any relation among them yet. */
public interface Fleet extends AutoCloseable {

    /** The label of the server that must be reachable from this JVM. */
    String COORDINATOR = "coordinator";

    /**
     * Creates and starts another server. May be called by several threads at once.
     *
     * @param label its label, which is unused in this fleet
     */
    Server add(String label) throws ServerException, InterruptedException;

    /**
     * Creates and starts a standby of another server of this fleet: a copy of its data directory that replicates it.
     *
     * @param label its label, which is unused in this fleet
     * @throws ServerException if the backend has no standbys, or if it does not start
     */
    Server addStandby(String label, Server primary) throws ServerException, InterruptedException;

    /** Stops every server and removes its files. Repeated calls have no effect. */
    @Override
    void close() throws ServerException;
}

package org.citustenancy.embedded.internal.fleet;

/** Servers that live and end together, without any relation among them yet. */
public interface Fleet extends AutoCloseable {

    /** The label of the server that must be reachable from this JVM. */
    String COORDINATOR = "coordinator";

    /**
     * Makes and starts one more server. May be called by several threads at once.
     *
     * @param label which one it is; not used before in this fleet
     */
    Server add(String label) throws ServerException, InterruptedException;

    /** Ends every server and removes what they kept. Calling it again does nothing. */
    @Override
    void close() throws ServerException;
}

package org.citustenancy.embedded.internal.fleet;

/** Servers that live and end together, without any relation among them yet. */
public interface Fleet extends AutoCloseable {

    /** What it runs on, for people: the installation or the image. */
    String description();

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

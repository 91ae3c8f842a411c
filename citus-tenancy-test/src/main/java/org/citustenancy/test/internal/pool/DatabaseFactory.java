package org.citustenancy.test.internal.pool;

/** Creates and drops copies. */
public interface DatabaseFactory {

    /** Creates a copy. */
    Copy make();

    /** Creates a copy and opens a session in it, so that the first statement of a test needs no new connection. */
    Copy makeEntered();

    /** Drops a copy and its open connections. */
    void drop(Copy copy);

    /** Releases a copy that is not dropped. */
    void release(Copy copy);
}

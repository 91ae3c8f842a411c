package org.citustenancy.test.internal.pool;

/** Where copies come from, and where they go. */
public interface DatabaseFactory {

    /** Makes one. */
    Copy make();

    /** Makes one, and opens a session in it, with which the first statement of a test is answered at once. */
    Copy makeEntered();

    /** Drops one, with what is open in it. */
    void drop(Copy copy);

    /** Releases a copy that is not dropped. */
    void release(Copy copy);
}

package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;

/** What a connection needs of the pool that keeps it. */
interface Backing {

    /** Closes the connection of a loan that is over: now if it is idle, else when it comes back. */
    void evict(Connection endedLoan);

    /**
     * A connection that the pool keeps idle is closed past it; the pool finds out when it wants to lend it.
     *
     * @param closing closes it, and may take a while
     */
    void discard(Runnable closing);

    /**
     * The pool has closed a connection, and may not have requested another one.
     *
     * @param wasDiscarded whether it was closed past the pool before
     */
    void removed(boolean wasDiscarded);

    /** A connection to the server is closed. */
    void closed(ServerConnection connection);
}

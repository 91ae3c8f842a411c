package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;

/** The operations that a connection requires of its pool. */
interface Backing {

    /** Closes the connection of a loan that is over: now if it is idle, otherwise when it is returned. */
    void evict(Connection endedLoan);

    /**
     * Closes an idle connection without the pool, which detects that when it is about to lend the connection.
     *
     * @param closing closes it, and may take a while
     */
    void discard(Runnable closing);

    /**
     * Reports that the pool closed a connection, and may not have requested another one.
     *
     * @param wasDiscarded whether the connection was discarded before
     */
    void removed(boolean wasDiscarded);

    /** Reports that a connection to the server is closed. */
    void closed(ServerConnection connection);
}

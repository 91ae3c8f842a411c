package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;

/** What a connection needs of the pool that keeps it. */
interface Backing {

    /** Closes the connection of a loan that is over: now if it is idle, else when it comes back. */
    void evict(Connection endedLoan);

    /** Closes the pool's only connection likewise, if it has no other. */
    void evictOnly();

    /** A connection to the server is closed. */
    void closed(ServerConnection connection);
}

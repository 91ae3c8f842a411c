package org.citustenancy.hikari.internal.budget;

/** The demand of a pool for connections. */
public interface Demand {

    /** Returns whether the pool needs one more connection, for use at once or to keep it ready. */
    boolean isWanted();

    /** Returns the number of threads that wait for a connection. */
    int waiting();

    /** Ensures that the pool requests a connection if threads wait for one. */
    void askIfWanted();
}

package org.citustenancy.hikari.internal.budget;

/** Whom connections are for: a pool. */
public interface Demand {

    /** Whether one more would be used at once or is to be kept ready. */
    boolean isWanted();

    /** How many threads wait for a connection. */
    int waiting();

    /** Ensures that the pool requests a connection if threads wait for one. */
    void askIfWanted();
}

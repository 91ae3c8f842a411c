package org.citustenancy.hikari.internal.budget;

/** A connection that holds a permit. It can be revoked, and is never cut. */
public interface Revocable {

    /**
     * Returns whether it is idle now. The result may be slightly outdated; it only affects the choice of a connection.
     */
    boolean isIdle();

    /** Revokes it: closes it if it is idle, and otherwise when it is returned. Repeated calls have no effect. */
    void giveUp();

    /** Cancels the revocation, unless it is too late. */
    void keep();
}

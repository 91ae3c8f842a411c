package org.citustenancy.hikari.internal.budget;

/** What a permit was used for: a connection that can be asked back, but is never cut. */
public interface Revocable {

    /** Whether it is idle now. May be late by a moment; nothing depends on it but the choice. */
    boolean isIdle();

    /** Asks for it: closes it if it is idle, and else as soon as it is given back. Asking again does no harm. */
    void giveUp();

    /** Takes the asking back, unless it is too late. */
    void keep();
}

package org.citustenancy.faults;

import java.util.Locale;

/** What goes wrong at one statement of an operation. */
enum Fault {
    /** The process is killed before the statement reaches the node. */
    KILLED_BEFORE(false),
    /** The process is killed when the node has done what the statement says. */
    KILLED_AFTER(true),
    /** The connection is cut before the statement reaches the node. */
    CUT_BEFORE(false),
    /** The connection is cut when the node has done what the statement says. */
    CUT_AFTER(true),
    /** The answer never comes, and the connection stays. */
    SILENT(true),
    /** A node is killed, and started again. */
    NODE_KILLED(false),
    /** Another session holds a lock until the deadline. */
    LOCKED(false),
    /** The disk of a worker is full, until the operation has ended. */
    DISK_FULL(false);

    private final boolean answered;

    Fault(boolean answered) {
        this.answered = answered;
    }

    /** Whether the node has done what the statement says by then. */
    boolean isAfterTheStatement() {
        return answered;
    }

    /** Whether the operation gives up only because its time is over. */
    boolean lastsUntilTheDeadline() {
        return this == SILENT || this == LOCKED;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

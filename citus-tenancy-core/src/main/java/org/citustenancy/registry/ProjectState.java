package org.citustenancy.registry;

import java.util.Locale;

/** The state of a project. */
public enum ProjectState {
    /** Being created; not to be used before it is ready. Running the request again finishes it. */
    CREATING,
    /** Being changed. Running the request again finishes it. */
    CHANGING,
    /** In its desired state when it was last changed. */
    READY,
    /** Being restored from a backup, or left so by a restore that failed. Running the restore again starts over. */
    RESTORING,
    /** Being copied from another project, or left so by a copy that failed. Running it again starts over. */
    CLONING,
    /** Being filled to become a template, or left so by a preparation that failed. Running it again starts over. */
    PREPARING,
    /** A template: it takes no connections, and others are copies of it. */
    SEALED,
    /** Being dropped. Running the drop again finishes it. */
    DROPPING;

    /**
     * Whether an operation is filling the project, so that no other one may use, change or finish it.
     *
     * @return true while it is restored, cloned or prepared
     */
    public boolean isFilling() {
        return this == RESTORING || this == CLONING || this == PREPARING;
    }

    /**
     * Whether it was complete before, so that its database is on every node.
     *
     * @return true if it is ready or is being changed
     */
    public boolean isComplete() {
        return this == READY || this == CHANGING;
    }

    /**
     * The word for it in messages and in the registry.
     *
     * @return for example {@code ready}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of a word.
     *
     * @param word one of the words that {@link #word()} gives
     * @return the state
     */
    public static ProjectState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package org.citustenancy.registry;

import java.util.Locale;

/** The state of a project. */
public enum ProjectState {
    /** Being created, and not usable before it is ready. Running the request again finishes it. */
    CREATING,
    /** Being changed. Running the request again finishes it. */
    CHANGING,
    /** In the desired state after the last change. */
    READY,
    /** Being restored from a backup, or incomplete after a failed restore. Running the restore again starts over. */
    RESTORING,
    /** Being copied from another project, or incomplete after a failed copy. Running the copy again starts over. */
    CLONING,
    /** Being filled to become a template, or incomplete after a failed preparation. Running it again starts over. */
    PREPARING,
    /** A template: it accepts no connections, and other projects are copies of it. */
    SEALED,
    /** Being dropped. Running the drop again finishes it. */
    DROPPING;

    /**
     * Returns whether an operation is filling the project, so that no other operation may use, change or finish it.
     *
     * @return true while the project is being restored, cloned or prepared
     */
    public boolean isFilling() {
        return this == RESTORING || this == CLONING || this == PREPARING;
    }

    /**
     * Returns whether the project has been complete, so that its database is on every node.
     *
     * @return true if the project is ready or being changed
     */
    public boolean isComplete() {
        return this == READY || this == CHANGING;
    }

    /**
     * Returns the name of the state in messages and in the registry.
     *
     * @return for example {@code ready}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the state with the given name.
     *
     * @param word a name that {@link #word()} returns
     * @return the state
     */
    public static ProjectState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

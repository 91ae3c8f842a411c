package org.citustenancy.backup;

import java.util.Locale;

/** The phase of a backup or a restore. */
public enum BackupPhase {
    /** Waiting for the snapshot of the backup. */
    FENCE,
    /** Reading or creating the schema. */
    SCHEMA,
    /** Checking the files of a backup. */
    CHECK,
    /** Creating the project on the nodes. */
    PROVISIONING,
    /** Distributing empty tables. */
    DISTRIBUTION,
    /** Reading or writing rows. */
    ROWS,
    /** Creating indexes, keys, triggers and all other objects that follow the rows. */
    AFTER_ROWS,
    /** Counting the restored rows. */
    VERIFICATION,
    /** Finished. */
    DONE;

    /**
     * Returns the name of the phase in plain words.
     *
     * @return for example {@code after rows}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

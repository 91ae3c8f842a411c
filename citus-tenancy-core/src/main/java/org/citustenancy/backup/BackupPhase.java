package org.citustenancy.backup;

import java.util.Locale;

/** What a backup or a restore is doing. */
public enum BackupPhase {
    /** Waiting for the moment that the backup shows. */
    FENCE,
    /** Reading or making the schema. */
    SCHEMA,
    /** Checking the files of a backup. */
    CHECK,
    /** Making the project on the nodes. */
    PROVISIONING,
    /** Distributing tables that are still empty. */
    DISTRIBUTION,
    /** Reading or writing rows. */
    ROWS,
    /** Indexes, keys, triggers and everything else that follows the rows. */
    AFTER_ROWS,
    /** Counting what has arrived. */
    VERIFICATION,
    /** Nothing any more. */
    DONE;

    /**
     * The phase in plain words.
     *
     * @return for example {@code after rows}
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

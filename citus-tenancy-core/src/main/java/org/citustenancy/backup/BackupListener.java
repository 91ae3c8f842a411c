package org.citustenancy.backup;

/**
 * Is told how far a backup or a restore has come: at every new phase, after every file, and about once a second between.
 * May be called by several threads, one at a time. What it throws ends the backup.
 */
@FunctionalInterface
public interface BackupListener {

    /** Nobody. */
    BackupListener NONE = progress -> {};

    /**
     * It has come so far.
     *
     * @param progress how far
     */
    void advanced(BackupProgress progress);
}

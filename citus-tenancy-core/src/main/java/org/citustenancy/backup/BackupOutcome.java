package org.citustenancy.backup;

import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;

/**
 * The outcome of the backup of one of several projects.
 *
 * @param project the project's name
 * @param backup the backup, if it is complete
 * @param failure the reason, if there is no backup
 */
public record BackupOutcome(String project, Optional<Backup> backup, Optional<CitusTenancyException> failure) {

    /**
     * Returns the outcome of a complete backup.
     *
     * @param project the project's name
     * @param backup the backup
     * @return the outcome
     */
    public static BackupOutcome whole(String project, Backup backup) {
        return new BackupOutcome(project, Optional.of(backup), Optional.empty());
    }

    /**
     * Returns the outcome of a failed backup.
     *
     * @param project the project's name
     * @param failure the reason
     * @return the outcome
     */
    public static BackupOutcome failed(String project, CitusTenancyException failure) {
        return new BackupOutcome(project, Optional.empty(), Optional.of(failure));
    }

    /** Returns one line: the directory of the backup, or the reason why there is none. */
    @Override
    public String toString() {
        return backup.map(whole -> "Backup of \"" + project + "\" in " + whole.directory())
                .orElseGet(() -> "No backup of \"" + project + "\": "
                        + failure.map(Throwable::getMessage).orElse("?"));
    }

    /**
     * Returns the backup, or throws the failure.
     *
     * @return the backup
     * @throws CitusTenancyException if the backup failed
     */
    public Backup orThrow() {
        return backup.orElseThrow(failure::orElseThrow);
    }
}

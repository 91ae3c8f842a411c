package org.citustenancy.backup;

import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;

/**
 * The outcome of the backup of one of several projects.
 *
 * @param project the project's name
 * @param backup the backup, if it is complete
 * @param failure why there is no backup, otherwise
 */
public record BackupOutcome(String project, Optional<Backup> backup, Optional<CitusTenancyException> failure) {

    /**
     * A backup that is whole.
     *
     * @param project the project's name
     * @param backup the backup
     * @return the outcome
     */
    public static BackupOutcome whole(String project, Backup backup) {
        return new BackupOutcome(project, Optional.of(backup), Optional.empty());
    }

    /**
     * A backup that failed.
     *
     * @param project the project's name
     * @param failure why
     * @return the outcome
     */
    public static BackupOutcome failed(String project, CitusTenancyException failure) {
        return new BackupOutcome(project, Optional.empty(), Optional.of(failure));
    }

    /** One line: where the backup is, or why there is none. */
    @Override
    public String toString() {
        return backup.map(whole -> "Backup of \"" + project + "\" in " + whole.directory())
                .orElseGet(() -> "No backup of \"" + project + "\": "
                        + failure.map(Throwable::getMessage).orElse("?"));
    }

    /**
     * The backup, or the failure as an exception.
     *
     * @return the backup
     * @throws CitusTenancyException if there is none
     */
    public Backup orThrow() {
        return backup.orElseThrow(failure::orElseThrow);
    }
}

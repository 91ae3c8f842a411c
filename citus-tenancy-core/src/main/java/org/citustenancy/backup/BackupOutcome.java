package org.citustenancy.backup;

import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;

/**
 * The outcome of the backup of one of several projects.
 *
 * @param project the project's name
 * @param backup the backup, if one was made
 * @param unchanged the directory of the latest backup, if the project has not changed since, and the series skips such
 *     projects
 * @param failure the reason, if there is no backup
 */
public record BackupOutcome(
        String project, Optional<Backup> backup, Optional<Path> unchanged, Optional<CitusTenancyException> failure) {

    /**
     * Returns the outcome of a complete backup.
     *
     * @param project the project's name
     * @param backup the backup
     * @return the outcome
     */
    public static BackupOutcome whole(String project, Backup backup) {
        return new BackupOutcome(project, Optional.of(backup), Optional.empty(), Optional.empty());
    }

    /**
     * Returns the outcome of a failed backup.
     *
     * @param project the project's name
     * @param failure the reason
     * @return the outcome
     */
    public static BackupOutcome failed(String project, CitusTenancyException failure) {
        return new BackupOutcome(project, Optional.empty(), Optional.empty(), Optional.of(failure));
    }

    /**
     * Returns the outcome of a project that has not changed since its latest backup.
     *
     * @param project the project's name
     * @param latest the directory of that backup
     * @return the outcome
     */
    public static BackupOutcome unchanged(String project, Path latest) {
        return new BackupOutcome(project, Optional.empty(), Optional.of(latest), Optional.empty());
    }

    /** Returns one line: the directory of the backup, or the reason why there is none. */
    @Override
    public String toString() {
        return backup.map(whole -> "Backup of \"" + project + "\" in " + whole.directory())
                .or(() -> unchanged.map(latest -> "\"" + project + "\" is unchanged since its backup in " + latest))
                .orElseGet(() -> "No backup of \"" + project + "\": "
                        + failure.map(Throwable::getMessage).orElse("?"));
    }

    /**
     * Returns the directory of the latest backup: the one that was made, or the one since which the project has not
     * changed.
     *
     * @return the directory
     * @throws CitusTenancyException if the backup failed
     */
    public Path orThrow() {
        return backup.map(Backup::directory).or(() -> unchanged).orElseThrow(failure::orElseThrow);
    }
}

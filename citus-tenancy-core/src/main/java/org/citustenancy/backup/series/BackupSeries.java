package org.citustenancy.backup.series;

import java.nio.file.Path;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.backup.store.ProjectDirectory;
import org.citustenancy.internal.backup.store.SeriesDirectory;

/**
 * A directory that gets a new subdirectory for every backup, named by its date, and the number of backups to keep.
 * Immutable.
 *
 * <pre>{@code
 * app.backup(BackupSeries.in(Path.of("/backups/app")).keepLast(7));
 * cluster.backups().backupAll(BackupSeries.in(Path.of("/backups")).keepLast(7));      // a series per project
 * }</pre>
 *
 * @param directory the parent of the subdirectories
 * @param keep how many complete backups of a project to keep, including the new one
 * @param skipsUnchanged whether a backup of all projects skips those that have not changed since their latest backup here
 */
public record BackupSeries(Path directory, int keep, boolean skipsUnchanged) {

    /** Checks the number. */
    public BackupSeries {
        if (keep < 1) {
            throw new InvalidRequestException(Failure.of("A series that keeps the last " + keep + " would keep nothing")
                    .fix("give at least 1"));
        }
    }

    /**
     * Returns a series that keeps all backups.
     *
     * @param directory the existing or new parent of the subdirectories
     * @return the series
     */
    public static BackupSeries in(Path directory) {
        return new BackupSeries(directory, Integer.MAX_VALUE, false);
    }

    /**
     * Keeps the given number of backups. Older ones are removed once the new one is complete. Only complete backups of
     * the same project, with rows, are counted and removed. Of these, only the files that their manifests name are
     * removed.
     *
     * @param backups the number, including the new one
     * @return a copy
     * @throws InvalidRequestException if the number is less than 1
     */
    public BackupSeries keepLast(int backups) {
        return new BackupSeries(directory, backups, skipsUnchanged);
    }

    /**
     * Makes {@code backupAll} skip the projects that have not changed since their latest backup in the series. A
     * project is skipped if no client has a session in it, its latest backup is complete, and since then nothing was
     * written in it on any node, according to the cumulative statistics of PostgreSQL. These do not count a sequence
     * that advances while no row is written. A suspended project that is skipped stays suspended.
     *
     * @return a copy
     */
    public BackupSeries skipUnchanged() {
        return new BackupSeries(directory, keep, true);
    }

    /**
     * Returns the series of one project in a directory that contains a series for each project, as {@code backupAll}
     * creates them.
     *
     * @param project the project's name
     * @return its series
     */
    public BackupSeries ofProject(String project) {
        return new BackupSeries(directory.resolve(ProjectDirectory.name(project)), keep, skipsUnchanged);
    }

    /**
     * Returns the existing complete backups of a project that contain rows.
     *
     * @param project the project's name
     * @return their directories, the latest first
     * @throws org.citustenancy.errors.BackupException if the directory cannot be read
     */
    public List<Path> backups(String project) {
        return new SeriesDirectory(directory).whole(project);
    }
}

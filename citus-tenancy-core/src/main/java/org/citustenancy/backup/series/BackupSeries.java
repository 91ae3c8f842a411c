package org.citustenancy.backup.series;

import java.nio.file.Path;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.backup.store.ProjectDirectory;
import org.citustenancy.internal.backup.store.SeriesDirectory;

/**
 * A directory that gets a new subdirectory with every backup, named by its date, and how many of them are kept. Immutable.
 *
 * <pre>{@code
 * app.backup(BackupSeries.in(Path.of("/backups/app")).keepLast(7));
 * cluster.backupAll(BackupSeries.in(Path.of("/backups")).keepLast(7));      // a series per project
 * }</pre>
 *
 * @param directory where the subdirectories are
 * @param keep how many whole backups of a project are kept, the new one among them
 */
public record BackupSeries(Path directory, int keep) {

    /** Checks the number. */
    public BackupSeries {
        if (keep < 1) {
            throw new InvalidRequestException(Failure.of("A series that keeps the last " + keep + " would keep nothing")
                    .fix("give at least 1"));
        }
    }

    /**
     * A series that keeps all.
     *
     * @param directory where its subdirectories are, or are to be
     * @return the series
     */
    public static BackupSeries in(Path directory) {
        return new BackupSeries(directory, Integer.MAX_VALUE);
    }

    /**
     * Keeps this number of backups. Older ones are removed once the new one is complete. Only complete backups of the same
     * project, with rows, count and are removed, and of those only the files that their manifests name.
     *
     * @param backups how many, including the new one
     * @return a copy
     * @throws InvalidRequestException if the number is less than 1
     */
    public BackupSeries keepLast(int backups) {
        return new BackupSeries(directory, backups);
    }

    /**
     * The series of one project in a directory that has a series for each, as {@code backupAll} makes them.
     *
     * @param project the project's name
     * @return its series
     */
    public BackupSeries ofProject(String project) {
        return new BackupSeries(directory.resolve(ProjectDirectory.name(project)), keep);
    }

    /**
     * The whole backups of a project with rows that are there now.
     *
     * @param project the project's name
     * @return their directories, the newest first
     * @throws org.citustenancy.errors.BackupException if the directory cannot be read
     */
    public List<Path> backups(String project) {
        return new SeriesDirectory(directory).whole(project);
    }
}

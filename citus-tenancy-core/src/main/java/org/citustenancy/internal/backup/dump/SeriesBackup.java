package org.citustenancy.internal.backup.dump;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.store.SeriesDirectory;
import org.citustenancy.internal.provisioning.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds a backup to a series, and removes the backups that exceed its limit. */
public final class SeriesBackup {

    private static final Logger LOG = LoggerFactory.getLogger(SeriesBackup.class);

    private final Cluster cluster;
    private final BackupOptions options;

    /**
     * Creates backups for series.
     *
     * @param options the options of the backups
     * @throws org.citustenancy.errors.InvalidRequestException if they would be of parts of projects
     */
    public SeriesBackup(Cluster cluster, BackupOptions options) {
        this.cluster = cluster;
        this.options = options;
        // A partial backup would replace a whole one.
        options.requireWhole();
    }

    /**
     * Adds a backup.
     *
     * @throws BackupException if older ones cannot be removed; the new one is complete by then
     */
    public Backup add(String project, BackupSeries series) {
        SeriesDirectory directory = new SeriesDirectory(series.directory());
        Path made = directory.next();
        boolean whole = false;
        Backup backup;
        try {
            backup = new ProjectBackup(cluster, project, options).into(made);
            whole = true;
        } finally {
            if (!whole) {
                removeEmpty(made);
            }
        }
        try {
            directory.retain(project, series.keep(), made);
        } catch (BackupException failure) {
            throw new BackupException(
                    Failure.of("Older backups of \"" + project + "\" cannot be removed: "
                                    + failure.failure().what())
                            .state("the new backup in " + made + " is whole")
                            .fix("check that this process may remove them; the next backup of the series tries again"),
                    failure);
        }
        return backup;
    }

    private static void removeEmpty(Path made) {
        try {
            Files.deleteIfExists(made);
        } catch (DirectoryNotEmptyException remains) {
            LOG.debug("The directory {} is not empty; an earlier message gives the reason", made, remains);
        } catch (IOException failure) {
            LOG.warn("The directory {} of a backup that failed could not be removed", made, failure);
        }
    }
}

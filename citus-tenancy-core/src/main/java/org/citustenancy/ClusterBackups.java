package org.citustenancy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupOutcome;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.internal.backup.dump.AllBackups;

/**
 * Backups of all projects of a cluster, and projects from backups. {@link Project#backup(Path)} backs up one project.
 *
 * <pre>{@code
 * cluster.backups().backupAll(BackupSeries.in(Path.of("/backups")).keepLast(7)).forEach(BackupOutcome::orThrow);
 * Project copy = cluster.backups().restore(directory).as("app_copy").withPassword("app_user", password).create();
 * }</pre>
 */
public final class ClusterBackups {

    private final CitusCluster cluster;

    ClusterBackups(CitusCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Backs up every project into a subdirectory of its own, as {@link #backupAll(Path, UnaryOperator)} does.
     *
     * @param directory the parent of the subdirectories
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory) {
        return backupAll(directory, UnaryOperator.identity());
    }

    /**
     * Backs up every project, several at a time, into a subdirectory of its own. Each backup has a snapshot of its own.
     * A failure of one project does not affect the others.
     *
     * <p>A subdirectory has the project's name. Every character except lower-case letters, digits, {@code _} and inner
     * {@code -} is written as {@code %} and two hexadecimal digits.
     *
     * @param directory the parent of the subdirectories
     * @param options changes {@link BackupOptions#STANDARD} for each backup
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster.internals(), options.apply(BackupOptions.STANDARD)).into(directory);
    }

    /**
     * Backs up every project into a series of its own, as {@link #backupAll(BackupSeries, UnaryOperator)} does.
     *
     * @param series the parent of the subdirectories, and how many backups of each project to keep
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(BackupSeries series) {
        return backupAll(series, UnaryOperator.identity());
    }

    /**
     * Backs up every project into a series of its own. The subdirectories are named as for {@link #backupAll(Path,
     * UnaryOperator)}. With {@link BackupSeries#skipUnchanged()}, a project that has not changed since its latest backup
     * is skipped, and its outcome names that backup.
     *
     * @param series the parent of the subdirectories, and how many backups of each project to keep
     * @param options changes {@link BackupOptions#STANDARD} for each backup
     * @return the outcome of each project
     * @throws org.citustenancy.errors.InvalidRequestException if the options select only a part of the projects
     */
    public List<BackupOutcome> backupAll(BackupSeries series, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster.internals(), options.apply(BackupOptions.STANDARD)).into(series);
    }

    /**
     * Returns a request for a project from a backup that {@link Project#backup(Path)} made on this cluster or another.
     * Nothing happens before {@link RestoreRequest#create()}.
     *
     * @param directory the backup's directory
     * @return a request to be completed
     */
    public RestoreRequest restore(Path directory) {
        return RestoreRequest.of(cluster, directory);
    }

    /**
     * Returns a request for a project from a dump that {@code pg_dump} made. The {@link DumpedProject} defines how its
     * tables are distributed. The request needs a name ({@link RestoreRequest#as}). Nothing happens before {@link
     * RestoreRequest#create()}.
     *
     * @param dump the dump
     * @return a request to be completed
     */
    public RestoreRequest restore(DumpedProject dump) {
        return RestoreRequest.of(cluster, dump);
    }
}

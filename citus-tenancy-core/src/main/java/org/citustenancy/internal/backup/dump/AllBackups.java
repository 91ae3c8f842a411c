package org.citustenancy.internal.backup.dump;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupOutcome;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.backup.store.ProjectDirectory;
import org.citustenancy.internal.provisioning.AllProjects;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;

/** Backs up every project, several at a time. */
public final class AllBackups {

    private final Cluster cluster;
    private final BackupOptions options;

    /**
     * Creates the backups of a cluster.
     *
     * @param options the options of each backup
     */
    public AllBackups(Cluster cluster, BackupOptions options) {
        this.cluster = cluster;
        this.options = options.onProgress(new OneAtATime(options.listener()));
    }

    /**
     * Backs up each project into a subdirectory.
     *
     * @param directory the parent directory
     */
    public List<BackupOutcome> into(Path directory) {
        return each(project -> BackupOutcome.whole(
                project,
                new ProjectBackup(cluster, project, options).into(directory.resolve(ProjectDirectory.name(project)))));
    }

    /** Backs up each project into its series, or only those that have changed. */
    public List<BackupOutcome> into(BackupSeries series) {
        SeriesBackup backups = new SeriesBackup(cluster, options);
        UnchangedBackups unchanged = UnchangedBackups.observe(cluster, series);
        return each(project -> unchanged
                .latest(project)
                .map(latest -> BackupOutcome.unchanged(project, latest))
                .orElseGet(() -> BackupOutcome.whole(project, backups.add(project, series.ofProject(project)))));
    }

    private List<BackupOutcome> each(Function<String, BackupOutcome> backup) {
        return cluster.together().each(new AllProjects(cluster).names(), project -> outcome(project, backup)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Backs up one project. Returns no outcome for a project that is dropped meanwhile. */
    private Optional<BackupOutcome> outcome(String project, Function<String, BackupOutcome> backup) {
        try {
            return Optional.of(backup.apply(project));
        } catch (NotFoundException missing) {
            return isThere(project) ? Optional.of(BackupOutcome.failed(project, missing)) : Optional.empty();
        } catch (CitusTenancyException failure) {
            return Optional.of(BackupOutcome.failed(project, failure));
        }
    }

    private boolean isThere(String project) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).find(project).isPresent();
        }
    }
}

package org.citustenancy.internal.backup.dump;

import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.internal.backup.store.SeriesDirectory;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.KnownMarks;

/** Finds the projects that have not changed since their latest backup in a series, without a session in them. */
final class UnchangedBackups {

    private final BackupSeries series;
    private final ProjectMarks marks;
    private final String writerVersion;

    private UnchangedBackups(BackupSeries series, ProjectMarks marks, String writerVersion) {
        this.series = series;
        this.marks = marks;
        this.writerVersion = writerVersion;
    }

    /** Observes all projects, if the series skips unchanged ones. */
    static UnchangedBackups observe(Cluster cluster, BackupSeries series) {
        ProjectMarks marks = series.skipsUnchanged()
                ? KnownMarks.of(cluster, project -> true, cluster.deadline())
                : ProjectMarks.NONE;
        return new UnchangedBackups(series, marks, cluster.writerVersion());
    }

    /** Returns the directory of the latest backup of a project that has not changed since. */
    Optional<Path> latest(String project) {
        return marks.ofUnused(project)
                .flatMap(mark -> new SeriesDirectory(series.ofProject(project).directory())
                        .newest(project, mark, writerVersion));
    }
}

package org.citustenancy.internal.backup.dump;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.backup.store.SeriesDirectory;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the projects that have not changed since their latest backup in a series, without a session in them. */
final class UnchangedBackups {

    private static final Logger LOG = LoggerFactory.getLogger(UnchangedBackups.class);

    private final BackupSeries series;
    private final Map<String, String> marks;
    private final ProjectUse use;
    private final String writerVersion;

    private UnchangedBackups(BackupSeries series, Map<String, String> marks, ProjectUse use, String writerVersion) {
        this.series = series;
        this.marks = marks;
        this.use = use;
        this.writerVersion = writerVersion;
    }

    /** Observes all projects, if the series skips unchanged ones. */
    static UnchangedBackups observe(Cluster cluster, BackupSeries series) {
        UnchangedBackups none =
                new UnchangedBackups(series, Map.of(), new ProjectUse(Map.of()), cluster.writerVersion());
        if (!series.skipsUnchanged()) {
            return none;
        }
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, true);
            List<RegisteredProject> ready = cluster.registry(maintenance).list().stream()
                    .filter(project -> project.state() == ProjectState.READY)
                    .toList();
            // A session that is open may have written what does not count yet, so sessions are observed first.
            ProjectUse use = ProjectUse.observe(maintenance, topology);
            return new UnchangedBackups(
                    series, ProjectMarks.of(maintenance, topology, ready), use, cluster.writerVersion());
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            // The backup of each project meets the same failure and reports it.
            LOG.debug("The unchanged projects are not known", failure);
            return none;
        }
    }

    /** Returns the directory of the latest backup of a project that has not changed since. */
    Optional<Path> latest(String project) {
        return Optional.ofNullable(marks.get(project))
                .filter(mark -> use.obstacles(project).isEmpty())
                .flatMap(mark -> new SeriesDirectory(series.ofProject(project).directory())
                        .newest(project, mark, writerVersion));
    }
}

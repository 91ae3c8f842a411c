package org.citustenancy.internal.backup.dump;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.Needs;
import org.citustenancy.backup.manifest.Origin;
import org.citustenancy.backup.manifest.ProjectSettings;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.PostgresProgram;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.internal.progress.ProgressReports;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.KnownMarks;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.progress.Activity;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a backup of one project. */
public final class ProjectBackup {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectBackup.class);

    private final Cluster cluster;
    private final String project;
    private final BackupOptions options;
    private final Deadline deadline;
    private final ProgressReport report;
    private final ProgressMeter meter;
    private final Optional<WriteFence> standing;

    /** Creates a backup. */
    public ProjectBackup(Cluster cluster, String project, BackupOptions options) {
        this(cluster, project, options, Optional.empty());
    }

    /** Creates a backup behind a fence that is already closed and stays closed. */
    public ProjectBackup(Cluster cluster, String project, BackupOptions options, Optional<WriteFence> standing) {
        this.cluster = cluster;
        this.project = project;
        this.options = options;
        this.deadline = cluster.sessions().deadline(options.deadline());
        this.report = cluster.reports().begin(Activity.BACKUP, project, options.listener());
        this.meter = new ProgressMeter(report);
        this.standing = standing;
    }

    /**
     * Writes the backup.
     *
     * @param path a directory that is empty or does not exist
     */
    public Backup into(Path path) {
        try (ProgressReports.Repetition beat = cluster.reports().repeat(report)) {
            return make(path);
        }
    }

    private Backup make(Path path) {
        DesiredProject desired;
        Topology topology;
        // Before the snapshot: what is written from now on gives the project another mark.
        Optional<String> mark = KnownMarks.of(cluster, known -> known.name().equals(project), deadline)
                .of(project);
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            topology = TopologyReader.read(maintenance, true);
            ProjectRegistry.Entry entry = cluster.registry(maintenance).require(project);
            refuseUnfinished(entry.state());
            desired = entry.desired();
        }
        List<ReadNode> nodes;
        PostgresProgram dump;
        try (Session session = cluster.sessions().admin(project, deadline)) {
            nodes = new NodeWays(cluster.sessions(), options.addresses()).nodes(session);
            int major = new ContentsReader(session).postgresMajor();
            dump = new ProgramFinder(options.programs(), deadline).find("pg_dump", major);
        }
        BackupDirectory directory = BackupDirectory.prepare(path);
        boolean whole = false;
        try {
            Backup backup = write(directory, desired, topology, nodes, dump, mark);
            whole = true;
            return backup;
        } finally {
            if (!whole) {
                directory.clear();
            }
        }
    }

    /** Refuses an unfinished project. A backup of it would appear complete. */
    private void refuseUnfinished(ProjectState state) {
        if (state != ProjectState.READY && state != ProjectState.CHANGING) {
            throw new ConflictException(Failure.of("The project \"" + project + "\" is " + state.word())
                    .state("nothing was written")
                    .fix("back it up when it is ready"));
        }
    }

    private Backup write(
            BackupDirectory directory,
            DesiredProject desired,
            Topology topology,
            List<ReadNode> nodes,
            PostgresProgram dump,
            Optional<String> mark) {
        meter.phase(BackupPhase.FENCE);
        List<Node> workers = nodes.stream().skip(1).map(ReadNode::node).toList();
        SnapshotTaker taker = new SnapshotTaker(cluster, project, workers, options, deadline, standing);
        try (ConsistentSnapshot moment = taker.take(options.fenced() ? nodes.subList(0, 1) : nodes)) {
            Instant madeAt = Instant.now();
            Map<Integer, Node> byGroup = new TreeMap<>();
            nodes.stream().skip(1).forEach(node -> byGroup.put(node.group(), node.node()));
            Session seeing = moment.coordinator().session();
            List<String> leftOut = LargeObjects.leftOut(seeing, desired);
            leftOut.forEach(what -> LOG.warn("The backup of \"{}\" leaves out {}", project, what));
            Contents all = new ContentsReader(seeing).read(byGroup);
            Contents contents = options.tables().isEmpty() ? all : new WantedTables(seeing, options.tables()).of(all);
            List<BackedUpTable> tables = contents.tables();
            meter.phase(BackupPhase.SCHEMA);
            StoredFile schema = new SchemaDump(dump, cluster.sessions(), project, deadline)
                    .write(
                            directory,
                            seeing,
                            moment.coordinator().snapshot(),
                            tables.stream().map(BackedUpTable::name).toList(),
                            options);
            List<BackedUpTable> stored = options.rows() ? rows(directory, moment, tables, topology) : tables;
            Origin origin = new Origin(
                    project,
                    madeAt,
                    contents.postgres(),
                    contents.citus(),
                    cluster.writerVersion(),
                    options.fenced() ? "fence" : "snapshots",
                    mark);
            BackupManifest manifest = new BackupManifest(
                    origin,
                    settings(desired),
                    needs(contents.needs(), desired),
                    contents.objects(),
                    stored,
                    contents.sequences(),
                    contents.materializedViews(),
                    options.rows(),
                    schema);
            directory.complete(manifest);
            meter.phase(BackupPhase.DONE);
            LOG.info(
                    "Backed up \"{}\" into {} in {} ms",
                    project,
                    directory.path(),
                    meter.elapsed().toMillis());
            return new Backup(directory.path(), manifest, moment.waited(), moment.held(), meter.elapsed(), leftOut);
        }
    }

    private List<BackedUpTable> rows(
            BackupDirectory directory, ConsistentSnapshot moment, List<BackedUpTable> tables, Topology topology) {
        if (!options.fenced()) {
            return rows(directory, moment, tables, Optional.empty());
        }
        try (OwnersReading owners = new OwnersReading(
                moment.coordinator().session(),
                new RowSessions(cluster.sessions(), cluster.threads(), topology, project, deadline))) {
            tables.forEach(table -> owners.find(table.name()));
            return rows(directory, moment, tables, Optional.of(owners));
        }
    }

    private List<BackedUpTable> rows(
            BackupDirectory directory,
            ConsistentSnapshot moment,
            List<BackedUpTable> tables,
            Optional<OwnersReading> owners) {
        List<RowPart> parts = new RowPartition(moment).divide(tables);
        Map<TableName, Integer> counts = new LinkedHashMap<>();
        Map<TableName, Long> bytes = new HashMap<>();
        parts.forEach(part -> {
            counts.merge(part.table().name(), 1, Integer::sum);
            bytes.merge(part.table().name(), part.bytes(), Long::sum);
        });
        tables.forEach(table ->
                meter.expect(table.name(), counts.getOrDefault(table.name(), 0), bytes.getOrDefault(table.name(), 0L)));
        meter.phase(BackupPhase.ROWS);
        Map<RowPart, StoredFile> files = new ConcurrentHashMap<>();
        new ParallelTasks(cluster.threads(), options.parallelism())
                .share(
                        parts,
                        () -> new RowReader(
                                directory, project, options.compression(), deadline, meter, files::put, owners));
        return tables.stream()
                .map(table -> table.withFiles(parts.stream()
                        .filter(part -> part.table().equals(table))
                        .sorted(Comparator.comparingInt(RowPart::number))
                        .flatMap(part -> Optional.ofNullable(files.get(part)).stream())
                        .toList()))
                .toList();
    }

    private static ProjectSettings settings(DesiredProject desired) {
        TreeMap<String, String> settings = new TreeMap<>();
        desired.settings().forEach((name, setting) -> settings.put(name, setting.value()));
        return new ProjectSettings(
                desired.staying()
                        .map(user -> new BackedUpUser(user.name(), user.level(), user.options()))
                        .toList(),
                desired.connectionLimit(),
                settings,
                desired.extensions(),
                desired.distribution());
    }

    /** Returns the needs without the project's users, because the restore creates them. */
    private static Needs needs(Needs found, DesiredProject desired) {
        return new Needs(
                found.extensions(),
                found.roles().stream()
                        .filter(role -> !desired.users().containsKey(role) && !role.startsWith("pg_"))
                        .toList());
    }
}

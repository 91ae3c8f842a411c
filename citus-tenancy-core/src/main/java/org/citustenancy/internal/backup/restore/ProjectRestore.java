package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.backup.manifest.BackedUpUser;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.backup.dump.ContentsReader;
import org.citustenancy.internal.backup.store.ArchiveList;
import org.citustenancy.internal.backup.store.LibpqEnvironment;
import org.citustenancy.internal.backup.store.PostgresProgram;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.progress.ProgressReport;
import org.citustenancy.internal.progress.ProgressReports;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.NameAvailability;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.ProvisioningMode;
import org.citustenancy.internal.rowaccess.RowOwner;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.progress.Activity;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores one backup into a new project. */
public final class ProjectRestore {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRestore.class);

    private static final String NOT_POPULATED = "55000";

    private final Cluster cluster;
    private final RestoreOptions options;
    private final Deadline deadline;

    /** Creates a restore. */
    public ProjectRestore(Cluster cluster, RestoreOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.deadline = cluster.sessions().deadline(options.deadline());
    }

    /**
     * Restores the backup.
     *
     * @param path the backup's directory
     * @param as the project's name, absent for its old one
     * @param passwords passwords of users; those of other users are generated if the cluster does not have them
     */
    public Provisioned run(Path path, Optional<String> as, Map<String, Secret> passwords) {
        BackupSource source = BackupSource.in(path);
        ProgressReport report = report(as.orElse(source.manifest().origin().project()));
        try (ProgressReports.Repetition beat = cluster.reports().repeat(report)) {
            ProgressMeter meter = new ProgressMeter(report);
            meter.phase(BackupPhase.CHECK);
            source.checkFiles(cluster.threads(), options.parallelism());
            return run(source, as, passwords, meter);
        }
    }

    /**
     * Restores the dump.
     *
     * @param dump a file of {@code pg_dump}
     */
    public Provisioned run(DumpedProject dump, Optional<String> as, Map<String, Secret> passwords) {
        ProgressReport report = report(as.orElse(""));
        try (ProgressReports.Repetition beat = cluster.reports().repeat(report)) {
            return run(new DumpSource(dump), as, passwords, new ProgressMeter(report));
        }
    }

    private ProgressReport report(String project) {
        return cluster.reports().begin(Activity.RESTORE, project, options.listener());
    }

    private Provisioned run(
            RestoreSource source, Optional<String> as, Map<String, Secret> passwords, ProgressMeter meter) {
        BackupManifest manifest = source.manifest();
        String project = as.or(source::name)
                .orElseThrow(
                        () -> new InvalidRequestException(Failure.of("A dump does not say what its project is called")
                                .fix("name it with as(\"...\")")));
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Topology topology = TopologyReader.read(maintenance, true);
            int major = new ContentsReader(maintenance).postgresMajor();
            RestoreTarget target = new RestoreTarget(maintenance, topology);
            target.check(manifest, major);
            PostgresProgram program = new ProgramFinder(options.programs(), deadline).find("pg_restore", major);
            try (ArchiveList entries = ArchiveList.of(program, source.archive(), deadline)) {
                source.check(entries);
                target.checkExtensions(List.copyOf(entries.extensions()));
                refuseOfSuperusers(entries, source);
                target.checkExtensions(List.copyOf(ofCitus(manifest)));
                cluster.registry(maintenance).ensure();
                try (AdvisoryLock lock = AdvisoryLock.onFilling(maintenance, project)) {
                    NameAvailability.ensure(cluster, maintenance, project, ProjectState.RESTORING);
                    meter.phase(BackupPhase.PROVISIONING);
                    Provisioned provisioned = new ProjectProvisioner(cluster, ProvisioningMode.RESTORE_BEGINS)
                            .create(
                                    desired(project, manifest, passwords)
                                            .withExtensions(early(entries, manifest, target)),
                                    StepListener.NONE);
                    fill(source, project, topology, program, entries, meter);
                    SortedSet<String> extensions =
                            new TreeSet<>(manifest.settings().extensions());
                    extensions.addAll(ofCitus(manifest));
                    if (source.owner().isPresent()) {
                        extensions.addAll(entries.extensions());
                    }
                    // The tables on which grants wait exist now.
                    new ProjectProvisioner(cluster, ProvisioningMode.RESTORE_ENDS)
                            .create(DesiredProject.named(project).withExtensions(extensions), StepListener.NONE);
                    meter.phase(BackupPhase.DONE);
                    LOG.info(
                            "Restored \"{}\" from {} in {} ms",
                            project,
                            source.archive(),
                            meter.elapsed().toMillis());
                    return provisioned;
                }
            }
        }
    }

    /**
     * Returns the extensions that the owner may not create. They are created before any object exists that could run in
     * their scripts.
     */
    private static SortedSet<String> early(ArchiveList entries, BackupManifest manifest, RestoreTarget target) {
        SortedSet<String> early = ofCitus(manifest);
        early.addAll(target.untrusted(entries.extensions()));
        return early;
    }

    private static void refuseOfSuperusers(ArchiveList entries, RestoreSource source) {
        List<String> refused = entries.ofSuperusers();
        if (!refused.isEmpty()) {
            throw new ConflictException(Failure.of(source.archive()
                            + " has what only a superuser can make, and it is restored with the rights of "
                            + "the project's owner: " + String.join("; ", refused))
                    .state("nothing was touched")
                    .fix("drop these from the source, or make the archive without them"));
        }
    }

    private Map<String, String> environment(String project) {
        return LibpqEnvironment.withConnections(
                LibpqEnvironment.of(cluster.sessions(), project), options.parallelism());
    }

    private static DesiredProject desired(String project, BackupManifest manifest, Map<String, Secret> passwords) {
        List<DesiredUser> users = manifest.settings().users().stream()
                .map(user -> new DesiredUser(
                        user.name(), user.level(), user.options(), Optional.ofNullable(passwords.get(user.name()))))
                .toList();
        TreeMap<String, DesiredSetting> settings = new TreeMap<>();
        manifest.settings().settings().forEach((name, value) -> settings.put(name, new DesiredSetting(name, value)));
        return DesiredProject.named(project)
                .withUsers(users)
                .withConnectionLimit(manifest.settings().connectionLimit())
                .withSettings(settings)
                .withExtensions(ofCitus(manifest))
                .withDistribution(manifest.settings().distribution());
    }

    /** Returns the extensions of Citus. The others are created from the archive. */
    private static SortedSet<String> ofCitus(BackupManifest manifest) {
        return isColumnar(manifest) ? new TreeSet<>(Set.of(ContentsReader.COLUMNAR)) : new TreeSet<>();
    }

    private static boolean isColumnar(BackupManifest manifest) {
        return manifest.tables().stream().anyMatch(table -> table.columnar().isPresent());
    }

    /**
     * Fills the project. All SQL of the source runs in sessions of a role that has no more privileges than the
     * project's owner.
     */
    private void fill(
            RestoreSource source,
            String project,
            Topology topology,
            PostgresProgram program,
            ArchiveList entries,
            ProgressMeter meter) {
        BackupManifest manifest = source.manifest();
        String name = owner(manifest);
        entries.madeBy(name);
        RowOwner owner = new RowOwner(name, false, true, false);
        try (RowSessions rows = new RowSessions(cluster.sessions(), cluster.threads(), topology, project, deadline);
                Session reading = cluster.sessions().admin(project, deadline)) {
            meter.phase(BackupPhase.SCHEMA);
            RowSessions.RowRole role = rows.role(owner);
            SchemaRestore schema = new SchemaRestore(
                    program,
                    source,
                    entries,
                    LibpqEnvironment.as(environment(project), role.name(), role.password()),
                    deadline);
            try (Session session = rows.open(owner)) {
                makeSchemas(manifest, session, schema);
                schema.beforeRows();
                meter.phase(BackupPhase.DISTRIBUTION);
                session.fetch(RestoreStatements.connections(options.parallelism()));
                LayoutRestore layouts = new LayoutRestore(session, manifest);
                layouts.distribute();
                source.fill(new RestoreContext(
                        cluster, project, schema, reading, session, () -> rows.open(owner), options, deadline, meter));
                schema.afterRows();
                boolean columnar = isColumnar(manifest);
                layouts.manageLocalTables(new ContentsReader(reading).tables(columnar));
                // Workers have the sequences of a local table once it is in the metadata of Citus, which a foreign key
                // may cause.
                new RestoredSequences(session).advance(manifest.sequences());
                if (manifest.hasRows()) {
                    refresh(session, manifest.materializedViews());
                }
                meter.phase(BackupPhase.VERIFICATION);
                new RestoredContents(session, source.countsRows())
                        .verify(manifest, new ContentsReader(reading).tables(columnar));
            }
        }
    }

    private static String owner(BackupManifest manifest) {
        return manifest.settings().users().stream()
                .filter(user -> user.level() == AccessLevel.OWNER)
                .map(BackedUpUser::name)
                .findFirst()
                .orElseThrow(
                        () -> new InvalidRequestException(Failure.of("The backup does not say who owns the project")
                                .state("the project is marked as unfinished")
                                .fix("make another backup of it")));
    }

    /** Creates the schemas of the tables. A dump of single tables does not contain them. */
    private static void makeSchemas(BackupManifest manifest, Session session, SchemaRestore restore) {
        manifest.tables().stream()
                .map(table -> table.name().schema())
                .filter(schema -> !schema.equals("public") && !restore.makes(schema))
                .distinct()
                .forEach(schema -> session.execute(RestoreStatements.schema(schema)));
    }

    /** Refreshes materialised views. A view may read another one, which must be filled first. */
    private static void refresh(Session session, List<TableName> views) {
        Set<TableName> left = new HashSet<>(views);
        while (!left.isEmpty()) {
            Optional<ServerErrorException> refusal = Optional.empty();
            int before = left.size();
            for (TableName view : views) {
                if (left.contains(view)) {
                    try {
                        session.execute(RestoreStatements.refresh(view));
                        left.remove(view);
                    } catch (ServerErrorException refused) {
                        if (!refused.sqlState().equals(NOT_POPULATED)) {
                            throw refused;
                        }
                        refusal = Optional.of(refused);
                    }
                }
            }
            if (left.size() == before && refusal.isPresent()) {
                throw refusal.get();
            }
        }
    }
}

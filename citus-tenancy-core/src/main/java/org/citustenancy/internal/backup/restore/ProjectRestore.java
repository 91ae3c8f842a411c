package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.backup.contents.ContentsReader;
import org.citustenancy.internal.backup.program.PostgresProgram;
import org.citustenancy.internal.backup.program.ProgramFinder;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.work.Crew;
import org.citustenancy.internal.backup.work.ProgressMeter;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.FreeName;
import org.citustenancy.internal.provisioning.Occasion;
import org.citustenancy.internal.provisioning.ProjectProvisioner;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.registry.RegistrySchema;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Restores one backup into a new project. */
public final class ProjectRestore {

    private static final String NOT_POPULATED = "55000";

    private final Cluster cluster;
    private final RestoreOptions options;
    private final Deadline deadline;

    /**
     * A restore to be run.
     *
     * @param cluster the cluster
     * @param options how
     */
    public ProjectRestore(Cluster cluster, RestoreOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.deadline = Deadline.in(options.deadline());
    }

    /**
     * Runs it.
     *
     * @param path the backup's directory
     * @param as the project's name, absent for its old one
     * @param passwords passwords of users; those of others are generated where the cluster does not know them
     * @return the project
     */
    public Provisioned run(Path path, Optional<String> as, Map<String, Secret> passwords) {
        BackupDirectory directory = BackupDirectory.existing(path);
        BackupManifest manifest = directory.manifest();
        String project = as.orElse(manifest.origin().project());
        ProgressMeter meter = new ProgressMeter(project, options.listener());
        meter.phase(BackupPhase.CHECK);
        new BackupCheck(directory).check(manifest, cluster.threads(), options.parallelism());
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Topology topology = TopologyReader.read(maintenance, true);
            int major = new ContentsReader(maintenance).postgresMajor();
            new RestoreTarget(maintenance, topology).check(manifest, major);
            PostgresProgram program = new ProgramFinder(options.programs(), deadline).find("pg_restore", major);
            RegistrySchema.ensure(maintenance);
            try (AdvisoryLock lock = AdvisoryLock.onFilling(maintenance, project)) {
                FreeName.ensure(cluster, maintenance, project, ProjectState.RESTORING);
                meter.phase(BackupPhase.PROVISIONING);
                Provisioned provisioned = new ProjectProvisioner(cluster, Occasion.RESTORE_BEGINS)
                        .create(desired(project, manifest, passwords), ProgressListener.NONE);
                try (SchemaRestore schema =
                        new SchemaRestore(program, directory.schema(), cluster.sessions(), project, deadline)) {
                    fill(directory, manifest, project, schema, meter);
                }
                // By now there are the tables on which users wait for their grants.
                new ProjectProvisioner(cluster, Occasion.RESTORE_ENDS)
                        .create(
                                DesiredProject.named(project)
                                        .withExtensions(manifest.settings().extensions()),
                                ProgressListener.NONE);
                meter.phase(BackupPhase.DONE);
                return provisioned;
            }
        }
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
                .withSettings(settings);
    }

    private void fill(
            BackupDirectory directory,
            BackupManifest manifest,
            String project,
            SchemaRestore schema,
            ProgressMeter meter) {
        meter.phase(BackupPhase.SCHEMA);
        schema.beforeRows();
        try (Session session = cluster.sessions().distributing(project, deadline)) {
            meter.phase(BackupPhase.DISTRIBUTION);
            Distributing distributing = new Distributing(session, manifest);
            distributing.run();
            rows(directory, manifest, project, meter);
            meter.phase(BackupPhase.AFTER_ROWS);
            new RestoredSequences(session).advance(manifest.sequences());
            schema.afterRows();
            boolean columnar = manifest.tables().stream()
                    .anyMatch(table -> table.columnar().isPresent());
            distributing.manageLocalTables(new ContentsReader(session).tables(columnar));
            if (manifest.hasRows()) {
                refresh(session, manifest.materializedViews());
            }
            meter.phase(BackupPhase.VERIFICATION);
            new RestoredContents(session).verify(manifest, new ContentsReader(session).tables(columnar));
        }
    }

    private void rows(BackupDirectory directory, BackupManifest manifest, String project, ProgressMeter meter) {
        List<StoredRows> files = new ArrayList<>();
        for (BackedUpTable table : manifest.tables()) {
            long bytes = 0;
            for (var file : table.files()) {
                files.add(new StoredRows(table, file));
                bytes += file.bytes();
            }
            meter.expect(table.name(), table.files().size(), bytes);
        }
        files.sort(Comparator.comparingLong((StoredRows rows) -> rows.file().bytes())
                .reversed());
        meter.phase(BackupPhase.ROWS);
        new Crew<StoredRows>(cluster.threads(), options.parallelism())
                .work(files, () -> new RowWriter(directory, cluster.sessions(), project, deadline, meter));
    }

    /** One may read another, which must be filled first. */
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

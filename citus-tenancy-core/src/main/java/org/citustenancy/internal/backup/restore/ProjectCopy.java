package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.dump.ContentsReader;
import org.citustenancy.internal.backup.dump.ProjectBackup;
import org.citustenancy.internal.backup.dump.WriteFence;
import org.citustenancy.internal.backup.store.PrivateDirectory;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.tables.TableName;
import org.citustenancy.users.Secret;

/** Copies or moves a project to a cluster, through a backup in a temporary directory. */
public final class ProjectCopy {

    private final Cluster source;
    private final String project;
    private final Cluster target;
    private final BackupOptions backup;
    private final RestoreOptions restore;
    private final Optional<Path> through;

    /**
     * Creates a copy.
     *
     * @param backup the options of its backup
     * @param restore the options of its restore
     * @param through the parent of the temporary directory, absent for the default
     */
    public ProjectCopy(
            Cluster source,
            String project,
            Cluster target,
            BackupOptions backup,
            RestoreOptions restore,
            Optional<Path> through) {
        this.source = source;
        this.project = project;
        this.target = target;
        this.backup = backup;
        this.restore = restore;
        this.through = through;
    }

    /**
     * Copies the project. The source stays unchanged, and writers continue.
     *
     * @param as the copy's name, absent for the project's
     */
    public Provisioned copy(Optional<String> as, Map<String, Secret> passwords) {
        refuseTaken(as.orElse(project));
        return copy(as, passwords, Optional.empty());
    }

    private Provisioned copy(Optional<String> as, Map<String, Secret> passwords, Optional<WriteFence> fence) {
        try (PrivateDirectory directory = PrivateDirectory.in(through)) {
            new ProjectBackup(source, project, backup, fence).into(directory.path());
            return new ProjectRestore(target, restore).run(directory.path(), as, passwords);
        }
    }

    /**
     * Copies the project while no transaction can write, and drops the source when the copy is complete.
     *
     * @param as the copy's name, absent for the project's
     */
    public Provisioned move(Optional<String> as, Map<String, Secret> passwords) {
        refuseTaken(as.orElse(project));
        Deadline deadline = source.sessions().deadline(backup.deadline().plus(restore.deadline()));
        Provisioned copy;
        try (Session session = source.sessions().admin(project, deadline)) {
            List<BackedUpTable> before = tables(session);
            List<TableName> names = before.stream().map(BackedUpTable::name).toList();
            try (WriteFence fence = WriteFence.raise(
                    source.sessions(),
                    project,
                    names,
                    backup.fenceTimeout(),
                    Deadline.in(backup.fenceTimeout()),
                    deadline)) {
                copy = copy(as, passwords, Optional.of(fence));
                fence.confirm(names);
                if (!tables(session).equals(before)) {
                    throw new ConflictException(
                            Failure.of("Tables of \"" + project + "\" were made, dropped or changed while it was moved")
                                    .where(session.place())
                                    .state("the copy is whole as of when it was begun; the source stays")
                                    .fix("drop the copy and move it again"));
                }
                // The fence ends with its database.
                new ProjectRemover(source).drop(project, false);
            }
        }
        return copy;
    }

    private static List<BackedUpTable> tables(Session session) {
        return new ContentsReader(session).tables(false);
    }

    /** Refuses a name that is in use, before any rows are read. */
    private void refuseTaken(String name) {
        try (Session maintenance = target.sessions().maintenance(target.deadline())) {
            target.registry(maintenance)
                    .find(name)
                    .filter(known -> known.state() != ProjectState.RESTORING)
                    .ifPresent(known -> {
                        throw new ConflictException(Failure.of("There is a project \"" + name + "\" already")
                                .where(maintenance.place())
                                .state("nothing was touched")
                                .fix("name the copy otherwise, or drop that project first"));
                    });
        }
    }
}

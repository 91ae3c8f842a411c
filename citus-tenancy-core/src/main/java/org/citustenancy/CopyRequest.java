package org.citustenancy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.internal.backup.restore.ProjectCopy;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.users.Secret;

/**
 * A request for a copy of a project on this cluster or another. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Project copy = app.copyTo(staging).as("app_staging").withPassword("app_user", password).create();
 * Project moved = app.moveTo(newCluster).create();
 * }</pre>
 */
public final class CopyRequest {

    private final CitusCluster source;
    private final String project;
    private final CitusCluster target;
    private final boolean dropSource;
    private final Optional<String> name;
    private final Optional<Path> through;
    private final Map<String, Secret> passwords;
    private final BackupOptions backup;
    private final RestoreOptions restore;

    private CopyRequest(
            CitusCluster source,
            String project,
            CitusCluster target,
            boolean dropSource,
            Optional<String> name,
            Optional<Path> through,
            Map<String, Secret> passwords,
            BackupOptions backup,
            RestoreOptions restore) {
        this.source = source;
        this.project = project;
        this.target = target;
        this.dropSource = dropSource;
        this.name = name;
        this.through = through;
        this.passwords = Map.copyOf(passwords);
        this.backup = backup;
        this.restore = restore;
    }

    static CopyRequest of(CitusCluster source, String project, CitusCluster target, boolean dropSource) {
        return new CopyRequest(
                source,
                project,
                target,
                dropSource,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                BackupOptions.STANDARD,
                RestoreOptions.STANDARD);
    }

    /**
     * Sets the name of the copy, if it differs from the project's name.
     *
     * @param copy the name
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if the name is not valid for a database
     */
    public CopyRequest as(String copy) {
        String checked = Names.project(copy, target.internals().maintenanceDatabase());
        return new CopyRequest(
                source, project, target, dropSource, Optional.of(checked), through, passwords, backup, restore);
    }

    /**
     * Sets the password of a user on the target cluster. A user who is new there and has no password gets a generated
     * one. A user who exists there keeps the password.
     *
     * @param user the user
     * @param password the password
     * @return a copy
     */
    public CopyRequest withPassword(String user, Secret password) {
        Map<String, Secret> more = new TreeMap<>(passwords);
        more.put(user, password);
        return new CopyRequest(source, project, target, dropSource, name, through, more, backup, restore);
    }

    /**
     * Sets the parent of the temporary directory that holds the project during the copy. It needs enough space for all
     * rows of the project, compressed.
     *
     * @param parent an existing directory; by default the system's directory for temporary files
     * @return a copy
     */
    public CopyRequest through(Path parent) {
        return new CopyRequest(
                source, project, target, dropSource, name, Optional.of(parent), passwords, backup, restore);
    }

    /**
     * Sets how the project is read.
     *
     * @param change changes the current options, {@link BackupOptions#STANDARD} at first
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if the source is to be dropped and only a part of it
     *     would be copied
     */
    public CopyRequest backupOptions(UnaryOperator<BackupOptions> change) {
        BackupOptions changed = change.apply(backup);
        if (dropSource) {
            changed.requireWhole();
        }
        return new CopyRequest(source, project, target, dropSource, name, through, passwords, changed, restore);
    }

    /**
     * Sets how the copy is written.
     *
     * @param change changes the current options, {@link RestoreOptions#STANDARD} at first
     * @return a copy
     */
    public CopyRequest restoreOptions(UnaryOperator<RestoreOptions> change) {
        return new CopyRequest(
                source, project, target, dropSource, name, through, passwords, backup, change.apply(restore));
    }

    /**
     * Copies the project, as a backup and a restore would. Only its owner can read the temporary directory, which is
     * always removed afterwards. After a failure the source is unchanged, and running it again starts over.
     *
     * @return the copy, with the passwords that were set or generated
     * @throws org.citustenancy.errors.ConflictException if a project or database of this name exists, or, for a move,
     *     if tables were created or changed meanwhile; in the latter case the copy exists and the source stays
     * @throws org.citustenancy.errors.CitusTenancyException as {@link Project#backup(Path, UnaryOperator)} and {@link
     *     RestoreRequest#create()} do
     */
    public Project create() {
        ProjectCopy copy = new ProjectCopy(source.internals(), project, target.internals(), backup, restore, through);
        Provisioned provisioned = dropSource ? copy.move(name, passwords) : copy.copy(name, passwords);
        return new Project(target, provisioned.desired(), Optional.of(provisioned.result()));
    }
}

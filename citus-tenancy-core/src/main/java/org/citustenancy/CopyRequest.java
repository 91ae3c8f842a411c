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
 * A request for a copy of a project on this cluster or another. Immutable; each method gives a changed copy.
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
     * Gives the copy another name than the project has.
     *
     * @param copy the name
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if no database can have this name
     */
    public CopyRequest as(String copy) {
        String checked = Names.project(copy, target.internals().maintenanceDatabase());
        return new CopyRequest(
                source, project, target, dropSource, Optional.of(checked), through, passwords, backup, restore);
    }

    /**
     * The password of a user on the other cluster. A user who is new there and was given none gets a generated one, and one
     * that exists on that cluster keeps its password.
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
     * Where the temporary directory is made that the project goes through. It has room for all its rows, compressed.
     *
     * @param parent an existing directory; by default the one for temporary files of this system
     * @return a copy
     */
    public CopyRequest through(Path parent) {
        return new CopyRequest(
                source, project, target, dropSource, name, Optional.of(parent), passwords, backup, restore);
    }

    /**
     * How the project is read.
     *
     * @param change changes the options so far, {@link BackupOptions#STANDARD} at first
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if the source is to be dropped, and only a part would be copied
     */
    public CopyRequest backupOptions(UnaryOperator<BackupOptions> change) {
        BackupOptions changed = change.apply(backup);
        if (dropSource) {
            changed.requireWhole();
        }
        return new CopyRequest(source, project, target, dropSource, name, through, passwords, changed, restore);
    }

    /**
     * How the copy is written.
     *
     * @param change changes the options so far, {@link RestoreOptions#STANDARD} at first
     * @return a copy
     */
    public CopyRequest restoreOptions(UnaryOperator<RestoreOptions> change) {
        return new CopyRequest(
                source, project, target, dropSource, name, through, passwords, backup, change.apply(restore));
    }

    /**
     * Copies the project, as a backup and a restore would. The temporary directory, which only its owner can read, is always
     * removed afterwards. After a failure the source is unchanged, and running it again starts over.
     *
     * @return the copy, with the passwords that were given or generated
     * @throws org.citustenancy.errors.ConflictException if there is a project or database of this name, or, for a move, if
     *     tables were made or changed meanwhile; then the copy is there and the source stays
     * @throws org.citustenancy.errors.CitusTenancyException as {@link Project#backup(Path, UnaryOperator)} and
     *     {@link RestoreRequest#create()} do
     */
    public Project create() {
        ProjectCopy copy = new ProjectCopy(source.internals(), project, target.internals(), backup, restore, through);
        Provisioned provisioned = dropSource ? copy.move(name, passwords) : copy.copy(name, passwords);
        return new Project(target, provisioned.desired(), Optional.of(provisioned.result()));
    }
}

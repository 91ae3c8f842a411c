package org.citustenancy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.citustenancy.backup.RestoreOptions;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.internal.backup.restore.ProjectRestore;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.users.Secret;

/**
 * A request to restore a backup. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * Project copy = cluster.backups().restore(directory).as("app_copy").withPassword("app_user", password).create();
 * }</pre>
 */
public final class RestoreRequest {

    private final CitusCluster cluster;
    private final Path directory;
    private final Optional<DumpedProject> dump;
    private final Optional<String> name;
    private final Map<String, Secret> passwords;
    private final RestoreOptions options;

    private RestoreRequest(
            CitusCluster cluster,
            Path directory,
            Optional<DumpedProject> dump,
            Optional<String> name,
            Map<String, Secret> passwords,
            RestoreOptions options) {
        this.cluster = cluster;
        this.directory = directory;
        this.dump = dump;
        this.name = name;
        this.passwords = Map.copyOf(passwords);
        this.options = options;
    }

    static RestoreRequest of(CitusCluster cluster, Path directory) {
        return new RestoreRequest(
                cluster, directory, Optional.empty(), Optional.empty(), Map.of(), RestoreOptions.STANDARD);
    }

    static RestoreRequest of(CitusCluster cluster, DumpedProject dump) {
        return new RestoreRequest(
                cluster, dump.archive(), Optional.of(dump), Optional.empty(), Map.of(), RestoreOptions.STANDARD);
    }

    /**
     * Sets the name of the project, if it differs from the name in the backup.
     *
     * @param project the name
     * @return a copy
     * @throws org.citustenancy.errors.InvalidRequestException if the name is not valid for a database
     */
    public RestoreRequest as(String project) {
        String checked = Names.project(project, cluster.internals().maintenanceDatabase());
        return new RestoreRequest(cluster, directory, dump, Optional.of(checked), passwords, options);
    }

    /**
     * Sets the password of a user. Backups contain no passwords: a user who is new on the cluster and has no password
     * gets a generated one, and a user who exists on the cluster keeps the password.
     *
     * @param user the user
     * @param password the password
     * @return a copy
     */
    public RestoreRequest withPassword(String user, Secret password) {
        Map<String, Secret> more = new TreeMap<>(passwords);
        more.put(user, password);
        return new RestoreRequest(cluster, directory, dump, name, more, options);
    }

    /**
     * Sets how the backup is restored.
     *
     * @param change changes the current options, {@link RestoreOptions#STANDARD} at first
     * @return a copy
     */
    public RestoreRequest options(UnaryOperator<RestoreOptions> change) {
        return new RestoreRequest(cluster, directory, dump, name, passwords, change.apply(options));
    }

    /**
     * Creates the project from the backup, with the same distribution, and compares it with the backup's manifest.
     * After a failure the project is not marked as ready, and running it again starts over.
     *
     * @return the project, with the passwords that were set or generated
     * @throws org.citustenancy.errors.InvalidRequestException if a dump is restored without a name; nothing was changed
     * @throws org.citustenancy.errors.BackupException if the backup is incomplete, damaged, or of a newer version;
     *     nothing was changed
     * @throws org.citustenancy.errors.ConflictException if a project or database of this name exists; nothing was
     *     changed
     * @throws org.citustenancy.errors.NotFoundException if an extension or a role is missing; nothing was changed
     * @throws org.citustenancy.errors.ProgramException if no {@code pg_restore} fits, or it fails
     * @throws org.citustenancy.errors.IncompleteException if the restored project is incomplete
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     */
    public Project create() {
        ProjectRestore restore = new ProjectRestore(cluster.internals(), options);
        Provisioned provisioned =
                dump.isPresent() ? restore.run(dump.get(), name, passwords) : restore.run(directory, name, passwords);
        return new Project(cluster, provisioned.desired(), Optional.of(provisioned.result()));
    }
}

package org.citustenancy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.capacity.DeclaredPool;
import org.citustenancy.cloning.CloneOptions;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.backup.dump.ProjectBackup;
import org.citustenancy.internal.backup.dump.SeriesBackup;
import org.citustenancy.internal.backup.dump.SqlExport;
import org.citustenancy.internal.cloning.ProjectCloner;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.provisioning.ProjectCleaner;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.provisioning.ProjectUnregistration;
import org.citustenancy.internal.provisioning.ProjectVerifier;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.registry.DeclaredPools;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.repairing.ProjectRepair;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.suspending.ProjectSuspension;
import org.citustenancy.internal.tables.ClusterAccess;
import org.citustenancy.internal.tables.TableDistributor;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.RepairOptions;
import org.citustenancy.plan.Verification;

/**
 * A project: one database of the same name on every node, and its users.
 *
 * <pre>{@code
 * Project app = cluster.getProject("app_production");
 * app.tables().distribute("users", "id");
 * if (!app.verify().isClean()) {
 *     app.repair();
 * }
 * }</pre>
 *
 * <p>Every method that queries a server throws {@link org.citustenancy.errors.CitusTenancyException}, whether or not
 * its documentation says more about it. It does so if the coordinator or a node does not answer, if the operation takes
 * longer than {@link ClusterOptions#deadline}, if the thread is interrupted, or if the project was dropped meanwhile.
 * An instance is safe for use by several threads.
 */
public final class Project {

    /** So many statements of each node are read for a suggestion of rules. */
    private static final int STATEMENTS_OF_NODE = 500;

    private final CitusCluster cluster;
    private final DesiredProject desired;
    private final Optional<ProvisioningResult> result;

    Project(CitusCluster cluster, DesiredProject desired, Optional<ProvisioningResult> result) {
        this.cluster = cluster;
        this.desired = desired;
        this.result = result;
    }

    /**
     * Returns the name of the project and of its database.
     *
     * @return the name
     */
    public String name() {
        return desired.name();
    }

    /**
     * Returns the result of the request that returned this project.
     *
     * @return absent if this project was looked up instead of requested
     */
    public Optional<ProvisioningResult> result() {
        return result;
    }

    /**
     * Returns the names of the project's users, including the owner, as of the request that returned this object.
     *
     * @return the names in the order of the request
     */
    public List<String> users() {
        return desired.userNames();
    }

    /**
     * Returns the connection of one of the project's users. For a user that this object does not contain, the method
     * reads the registry, because a later request may have added the user.
     *
     * @param user the user
     * @return the connection, with the password if the request of this object set or generated it
     * @throws NotFoundException if the project does not have the user
     */
    public ConnectionInfo connection(String user) {
        DesiredUser known = Optional.ofNullable(desired.users().get(Names.given("user", user)))
                .orElseGet(() -> addedSince(user));
        return cluster.internals().sessions().address().connection(name(), user, known.password());
    }

    private DesiredUser addedSince(String user) {
        DesiredProject now;
        try (Session session = maintenance()) {
            now = cluster.internals()
                    .registry(session)
                    .find(name())
                    .map(ProjectRegistry.Entry::desired)
                    .orElse(desired);
        }
        DesiredUser added = now.users().get(user);
        if (added == null) {
            throw new NotFoundException(Failure.of("The project \"" + name() + "\" has no user \"" + user + "\"")
                    .fix("name one of " + String.join(", ", now.userNames())));
        }
        return added;
    }

    /**
     * Returns the project's tables, for changes as the admin.
     *
     * @return the tables
     */
    public ProjectTables tables() {
        return tablesAs(Optional.empty());
    }

    /**
     * Returns the project's tables, for changes as one of its users. The user must own the tables that it changes.
     *
     * @param connection the user's connection
     * @return the tables
     */
    public ProjectTables tables(ConnectionInfo connection) {
        return tablesAs(Optional.of(new ClusterAccess.Actor(connection.user(), connection.password())));
    }

    private ProjectTables tablesAs(Optional<ClusterAccess.Actor> actor) {
        return new ProjectTables(
                new TableDistributor(new ClusterAccess(cluster.internals(), name(), actor)),
                () -> statistics().topStatements(STATEMENTS_OF_NODE).found());
    }

    /**
     * Compares the project with its desired state on every node. Changes nothing.
     *
     * @return the differences
     * @throws NotFoundException if the project is no longer managed here
     */
    public Verification verify() {
        return new ProjectVerifier(cluster.internals()).verify(name());
    }

    /**
     * Plans {@link #repair()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan, empty if every node has the desired state
     * @throws org.citustenancy.errors.ConflictException if rows are lost, as for {@link #repair()}
     */
    public ProvisioningPlan planRepair() {
        return planRepair(UnaryOperator.identity());
    }

    /**
     * Plans {@link #repair(UnaryOperator)}: returns the steps that it would run now. Changes nothing. The steps of
     * {@link RepairOptions#distributingTables()} are planned once nothing else is to be repaired.
     *
     * @param options changes {@link RepairOptions#STANDARD}
     * @return the plan, empty if every node has the desired state
     */
    public ProvisioningPlan planRepair(UnaryOperator<RepairOptions> options) {
        return repair(options.apply(RepairOptions.STANDARD)).plan();
    }

    /**
     * Reconciles the project with its desired state on every node, and grants the privileges that were waiting for
     * tables that now exist.
     *
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if a node has lost the project's database and with it rows that
     *     no other node has; {@link #repair(UnaryOperator)} continues with your consent
     * @throws org.citustenancy.errors.CitusTenancyException as {@link ProjectRequest#create()} does
     */
    public ProvisioningResult repair() {
        return repair(UnaryOperator.identity());
    }

    /**
     * Reconciles the project with its desired state, as {@link #repair()} does.
     *
     * <pre>{@code
     * project.repair(RepairOptions::acceptingLoss);
     * }</pre>
     *
     * @param options changes {@link RepairOptions#STANDARD}
     * @return the completed steps
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #repair()} does
     */
    public ProvisioningResult repair(UnaryOperator<RepairOptions> options) {
        return repaired(options).result().orElseThrow();
    }

    Project repaired(UnaryOperator<RepairOptions> options) {
        Provisioned provisioned = repair(options.apply(RepairOptions.STANDARD)).run();
        return new Project(cluster, provisioned.desired(), Optional.of(provisioned.result()));
    }

    private ProjectRepair repair(RepairOptions options) {
        return new ProjectRepair(cluster.internals(), name(), options);
    }

    /**
     * Returns the statistics of the project.
     *
     * @return the statistics
     */
    public ProjectStatistics statistics() {
        return ProjectStatistics.of(cluster, name());
    }

    /**
     * Backs up the project from one consistent snapshot of all nodes, as {@link #backup(Path, UnaryOperator)} does.
     *
     * @param directory an empty or new directory
     * @return the backup
     */
    public Backup backup(Path directory) {
        return backup(directory, UnaryOperator.identity());
    }

    /**
     * Backs up the project from one consistent snapshot of all nodes: schema, rows, sequences, and their distribution.
     * Writers wait only while the library takes the snapshot. The library reads the rows directly from the nodes, which
     * must be reachable from this process; if they are not, see {@link BackupOptions#throughCoordinator()}. {@link
     * ClusterBackups#restore(Path)} restores the backup on this cluster or another.
     *
     * @param directory an empty or new directory; a failed backup leaves nothing in it
     * @param options changes {@link BackupOptions#STANDARD}
     * @return the backup
     * @throws org.citustenancy.errors.BackupException if the directory is not empty or cannot be written
     * @throws org.citustenancy.errors.ProgramException if no {@code pg_dump} fits the server
     * @throws org.citustenancy.errors.DeadlineExceededException if writers do not pause within the allowed time
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker cannot be reached from this process
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     */
    public Backup backup(Path directory, UnaryOperator<BackupOptions> options) {
        return new ProjectBackup(cluster.internals(), name(), options.apply(BackupOptions.STANDARD)).into(directory);
    }

    /**
     * Backs up the project into a series, as {@link #backup(BackupSeries, UnaryOperator)} does.
     *
     * @param series the directory, and how many backups to keep
     * @return the backup
     */
    public Backup backup(BackupSeries series) {
        return backup(series, UnaryOperator.identity());
    }

    /**
     * Backs up the project into a new directory of a series, as {@link #backup(Path, UnaryOperator)} does. Once the new
     * backup is complete, the method removes older backups that the series does not keep.
     *
     * @param series the directory, and how many backups to keep
     * @param options changes {@link BackupOptions#STANDARD}
     * @return the backup
     * @throws org.citustenancy.errors.InvalidRequestException if the options select only a part of the project
     * @throws org.citustenancy.errors.BackupException if the backup cannot be written, or older ones cannot be removed
     */
    public Backup backup(BackupSeries series, UnaryOperator<BackupOptions> options) {
        return new SeriesBackup(cluster.internals(), options.apply(BackupOptions.STANDARD)).add(name(), series);
    }

    /**
     * Exports the project as one SQL file, as {@link #exportSql(Path, UnaryOperator)} does.
     *
     * @param file a new file
     */
    public void exportSql(Path file) {
        exportSql(file, UnaryOperator.identity());
    }

    /**
     * Exports the project from one consistent snapshot as one SQL file for {@code psql}: tables, their distribution,
     * rows, sequences, and all objects that are created after the rows. {@code psql} recreates these objects in the
     * database of a new project. They belong to the role that runs {@code psql}; the file contains no users and no
     * grants. For large projects {@link #backup(Path)} is faster, smaller and checked.
     *
     * @param file a new file, which only its owner can read; it exists once it is complete
     * @param options changes {@link BackupOptions#STANDARD}
     * @throws org.citustenancy.errors.BackupException if the file exists or cannot be written
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #backup(Path, UnaryOperator)} does
     */
    public void exportSql(Path file, UnaryOperator<BackupOptions> options) {
        new SqlExport(cluster.internals(), name(), options.apply(BackupOptions.STANDARD)).write(file);
    }

    /**
     * Returns a request for a copy of the project from one consistent snapshot, on another cluster or under another
     * name on this one. Nothing happens before {@link CopyRequest#create()}. This project stays, and writers continue.
     *
     * @param target the cluster for the copy
     * @return a request to be completed
     */
    public CopyRequest copyTo(CitusCluster target) {
        return CopyRequest.of(cluster, name(), target, false);
    }

    /**
     * Returns a request to move the project to another cluster, or to another name on this one. Nothing happens before
     * {@link CopyRequest#create()}. Writers wait until the copy is complete and compared. Then the library drops this
     * project with its sessions, and the waiting statements fail. If the move fails before, this project stays and
     * writers continue.
     *
     * @param target the cluster that the project moves to
     * @return a request to be completed
     */
    public CopyRequest moveTo(CitusCluster target) {
        return CopyRequest.of(cluster, name(), target, true);
    }

    /**
     * Copies the project, as {@link #cloneTo(String, UnaryOperator)} does, if it has no open sessions.
     *
     * @param name the copy's name
     * @return the copy
     */
    public Project cloneTo(String name) {
        return cloneTo(name, UnaryOperator.identity());
    }

    /**
     * Copies the project with all its contents and users from one snapshot, on all nodes at once and as fast as the
     * nodes copy files. No session can connect to the project during the copy. Open sessions prevent the copy, unless
     * {@link CloneOptions#endingSessions()} permits the library to end them. The copy is an independent project: its
     * users are the same roles, with the same passwords.
     *
     * <pre>{@code
     * Project copy = cluster.getProject("app_production").cloneTo("app_production_pr_42",
     * CloneOptions::endingSessions); }</pre>
     *
     * @param name the copy's name; the remains of a failed attempt with this name are replaced
     * @param options changes {@link CloneOptions#STANDARD}
     * @return the copy, after every node was verified and the copy's users reached every worker
     * @throws org.citustenancy.errors.ConflictException if an object of this name exists, if the project has sessions
     *     that the options do not permit to end, or if its shards are being moved; the project accepts sessions again
     *     by then
     * @throws org.citustenancy.errors.CapacityException if no maintenance daemon would be available for the copy
     * @throws org.citustenancy.errors.CitusTenancyException as {@link ProjectRequest#create()} does
     * @see <a href="https://www.postgresql.org/docs/current/manage-ag-templatedbs.html">Template databases</a>
     */
    public Project cloneTo(String name, UnaryOperator<CloneOptions> options) {
        String copy = Names.project(name, cluster.internals().maintenanceDatabase());
        CloneOptions how = options.apply(CloneOptions.STANDARD);
        Provisioned provisioned =
                new ProjectCloner(cluster.internals(), name(), how).cloneTo(copy, StepListener.of(how.listener()));
        return new Project(cluster, provisioned.desired(), Optional.of(provisioned.result()));
    }

    /**
     * Plans {@link #clean()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan, empty if the project is empty
     */
    public ProvisioningPlan planClean() {
        return new ProjectCleaner(cluster.internals(), name()).plan();
    }

    /**
     * Removes all objects that the project's users created in its database, on every node: tables with their rows,
     * schemas, views, functions, types, extensions that they created, publications, large objects, and all other
     * objects that they own. The database, the users, their limits and settings, the extensions of the request and the
     * privileges of an empty project stay. Objects of a superuser stay too, unless they depend on a removed object or
     * are in a removed schema. Grants on tables wait until {@link #repair()} finds a table of that name again.
     *
     * <p>The method is meant for tests, and replaces {@code DROP SCHEMA public CASCADE} or {@code DROP OWNED}. It runs
     * with the privileges of each owner, object by object, and waits up to {@link ClusterOptions#deadline} for
     * transactions that hold the objects. The removal cannot be undone. After a failure, running it again continues.
     *
     * <pre>{@code
     * cluster.getProject("app_test").clean();
     * }</pre>
     *
     * @return the completed steps, and the waiting grants
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.ConflictException if the project is being dropped, restored or copied, or is a
     *     template
     * @throws org.citustenancy.errors.StepFailedException if a server refuses to drop an object
     * @throws org.citustenancy.errors.IncompleteException if users create objects as fast as they are removed
     * @throws org.citustenancy.errors.CitusUnavailableException on a server without Citus
     */
    public ProvisioningResult clean() {
        return new ProjectCleaner(cluster.internals(), name()).clean();
    }

    /**
     * Plans {@link #suspend()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan, empty if the project is suspended
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.ConflictException if the project is in use
     */
    public ProvisioningPlan planSuspend() {
        return ReadOnlyCall.changingNothing(() -> new ProjectSuspension(cluster.internals(), name()).plan());
    }

    /**
     * Suspends the project: ends its maintenance daemons on all nodes, so that it uses no background process, no memory
     * and no processor time. Connections stay allowed, and the next session of any client resumes it.
     *
     * <pre>{@code
     * cluster.getProject("archive_2019").suspend();
     * }</pre>
     *
     * <p>The call recovers distributed transactions first, ends no session of a client, and takes about 7 s: Citus
     * starts a daemon that failed after 5 s. If a client connects meanwhile, the daemons run again after the call. The
     * call waits for other operations on the project.
     *
     * @return the completed steps, none if it is suspended
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.ConflictException if something keeps it awake, which the message lists: sessions
     *     of clients, prepared transactions, commit records, background tasks, leftovers of shard moves, metadata that
     *     is not on all nodes yet, replication slots or subscriptions; or if an operation on it is unfinished
     * @throws org.citustenancy.errors.CitusUnavailableException on a server without Citus
     */
    public ProvisioningResult suspend() {
        return new ProjectSuspension(cluster.internals(), name()).suspend();
    }

    /**
     * Resumes the project: starts its maintenance daemons on all nodes with a session on each. You need this only to
     * spare the first client the time, because every session resumes the project.
     *
     * @return the completed steps, none if it is awake
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.CapacityException if a node has no background process left for a daemon
     * @throws org.citustenancy.errors.CitusUnavailableException on a server without Citus
     */
    public ProvisioningResult resume() {
        return new ProjectSuspension(cluster.internals(), name()).resume();
    }

    /**
     * Plans {@link #drop()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan
     */
    public ProvisioningPlan planDrop() {
        return ReadOnlyCall.changingNothing(() -> new ProjectRemover(cluster.internals()).plan(name()));
    }

    /**
     * Drops the project with all its data. It drops the database on every node, despite open sessions, prepared
     * transactions, subscriptions and replication slots. It also drops the users that no other project and no other
     * database needs. After a failure, running it again resumes where it stopped.
     *
     * @return the completed steps
     * @throws NotFoundException if the project is not managed here, for example after a drop
     * @throws org.citustenancy.errors.ConflictException if an unmanaged database has the project's name; see {@link
     *     CitusCluster#dropUnmanaged}
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public ProvisioningResult drop() {
        return new ProjectRemover(cluster.internals()).drop(name(), false);
    }

    /**
     * Removes the project and its pools from the registry, and leaves it unchanged on every node. The project is then
     * unmanaged until {@link ProjectRequest#adoptExisting()} adds it again.
     *
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.ConflictException if the project is being dropped
     */
    public void unregister() {
        new ProjectUnregistration(cluster.internals()).unregister(name());
    }

    /**
     * Declares how many connections an application may open to this project, over all its instances. {@link
     * CitusCluster#capacity()} reports the declared pools. A new declaration replaces the former one of the same
     * application.
     *
     * @param application the application's name
     * @param connections the maximum number of connections
     * @throws NotFoundException if the project is not managed here
     * @throws org.citustenancy.errors.InvalidRequestException if the name is empty or the number is less than one
     */
    public void declarePool(String application, int connections) {
        try (Session session = maintenance()) {
            pools(session).declare(new DeclaredPool(name(), application, connections));
        }
    }

    /**
     * Withdraws the declaration of {@link #declarePool}. Does nothing if the application has not declared a pool.
     *
     * @param application the application's name
     */
    public void withdrawPool(String application) {
        try (Session session = maintenance()) {
            pools(session).withdraw(name(), application);
        }
    }

    private DeclaredPools pools(Session session) {
        return new DeclaredPools(session, cluster.internals().registry(session));
    }

    private Session maintenance() {
        return cluster.internals().sessions().maintenance(cluster.internals().deadline());
    }

    /** Returns the project's name. */
    @Override
    public String toString() {
        return name();
    }
}

package org.citustenancy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupOutcome;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.backup.series.BackupSeries;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.backup.dump.AllBackups;
import org.citustenancy.internal.capacity.CapacityReader;
import org.citustenancy.internal.formation.ClusterFormer;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.AdminPasswordRotation;
import org.citustenancy.internal.provisioning.AllProjects;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ClusterDatabases;
import org.citustenancy.internal.provisioning.MaintenanceDatabaseCheck;
import org.citustenancy.internal.provisioning.PasswordRotation;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.provisioning.UserRemover;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;
import org.citustenancy.topology.TopologyListener;
import org.citustenancy.users.AdminRotation;
import org.citustenancy.users.PasswordListener;
import org.citustenancy.users.Secret;

/**
 * A Citus cluster and the projects on it.
 *
 * <pre>{@code
 * try (CitusCluster cluster = CitusCluster.connect(
 *         "jdbc:postgresql://citus-master:5432/postgres", "postgres", Secret.of(adminPassword))) {
 *     Project app = cluster.project("app_production").withUser("app_user", Secret.of(appPassword)).create();
 *     app.tables().distribute("users", "id");
 * }
 * }</pre>
 *
 * <p>This process needs to reach the coordinator only. An instance is safe for use by several threads. The last
 * connection closes shortly after the last operation.
 */
public final class CitusCluster implements AutoCloseable {

    private final ClusterOptions options;
    private final OpenCluster open;
    private final Cluster cluster;
    private final ProjectBatch batch;
    private final ClusterListeners listeners = new ClusterListeners();

    private CitusCluster(ClusterOptions options) {
        this.options = options;
        this.open = new OpenCluster(options, listeners::passwordChanged, listeners::progressed);
        this.cluster = open.cluster();
        this.batch = new ProjectBatch(cluster.together());
    }

    /**
     * Connects to a cluster and checks that the library can manage it.
     *
     * @param jdbcUrl the URL of the maintenance database on the coordinator
     * @param admin a superuser
     * @param adminPassword the superuser's password
     * @return the cluster
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached or refuses the password
     * @throws org.citustenancy.errors.CitusUnavailableException if the server does not have Citus, or Citus is not set
     *     up
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     * @throws org.citustenancy.errors.ConflictException if the database belongs to a project or a template
     * @throws org.citustenancy.errors.InvalidRequestException if the URL is malformed
     */
    public static CitusCluster connect(String jdbcUrl, String admin, Secret adminPassword) {
        return connect(ClusterOptions.of(jdbcUrl, admin, adminPassword));
    }

    /**
     * Connects to a cluster and checks that the library can manage it.
     *
     * @param options the options of the connection
     * @return the cluster
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #connect(String, String, Secret)} does
     */
    public static CitusCluster connect(ClusterOptions options) {
        CitusCluster connected = new CitusCluster(options);
        try {
            connected.topology();
            new MaintenanceDatabaseCheck(connected.cluster).refuseProject();
            return connected;
        } catch (RuntimeException failure) {
            connected.close();
            throw failure;
        }
    }

    /**
     * Forms one cluster of several servers and connects to it. The library waits until the servers answer, creates
     * Citus in the maintenance database of each, and sets the coordinator's address. It {@linkplain #secure() secures}
     * a cluster that it founds. Then it adds every worker, with all existing projects.
     *
     * <p>The call changes nothing if the servers already form the cluster. It is meant for the start of an application,
     * of which several instances may start at the same time. Workers that the formation does not name stay unchanged.
     *
     * <pre>{@code
     * CitusCluster cluster = CitusCluster.form(
     *         ClusterOptions.of("jdbc:postgresql://citus-master:5432/postgres", "postgres", adminPassword),
     *         ClusterFormation.of("citus-master", 5432)
     *                 .withWorker("citus-worker-1", 5432)
     *                 .withWorker("citus-worker-2", 5432));
     * }</pre>
     *
     * @param options the options of the connection
     * @param formation the servers, their addresses, and how long to wait for them
     * @return the cluster
     * @throws org.citustenancy.errors.DeadlineExceededException if a server does not answer in time; the others already
     *     form a cluster, and the next call resumes from there
     * @throws org.citustenancy.errors.ConnectionException if the coordinator refuses the admin
     * @throws org.citustenancy.errors.NodeUnreachableException if the admin cannot connect from one node to another
     * @throws org.citustenancy.errors.InvalidRequestException if the coordinator is a different server from the one
     *     that answers at its address
     * @throws org.citustenancy.errors.ConflictException if a server belongs to another cluster, or has a different
     *     version
     */
    public static CitusCluster form(ClusterOptions options, ClusterFormation formation) {
        CitusCluster formed = new CitusCluster(options);
        try {
            new ClusterFormer(formed.cluster).form(formation);
            formed.topology();
            return formed;
        } catch (RuntimeException failure) {
            formed.close();
            throw failure;
        }
    }

    /**
     * Returns the nodes, as currently registered on the coordinator.
     *
     * @return the topology
     */
    public Topology topology() {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return TopologyReader.read(session, cluster.requireCitus());
        }
    }

    /**
     * Returns a request for a new or existing project. Nothing happens before {@link ProjectRequest#create()}.
     *
     * @param name the name of the project and of its database
     * @return a request to be completed
     * @throws org.citustenancy.errors.InvalidRequestException if the name is not valid for a database
     */
    public ProjectRequest project(String name) {
        return ProjectRequest.of(this, name);
    }

    /**
     * Returns a request for the project of an application in an environment, named by the convention.
     *
     * @param application the application's name
     * @param environment the environment
     * @return a request to be completed
     */
    public ProjectRequest project(String application, Environment environment) {
        return project(options.naming().project(application, environment));
    }

    /**
     * Creates or changes several projects, up to {@link ClusterOptions#parallelism} at a time. A failure of one project
     * does not affect the others. The method throws only if requests contradict each other.
     *
     * <pre>{@code
     * for (ProjectOutcome outcome : cluster.create(List.of(
     *         cluster.project("app_production").withUser("app_user", Secret.of(appPassword)),
     *         cluster.project("analytics").withUser("analytics_user")))) {
     *     outcome.failure().ifPresent(failure -> log.warn("{} is not ready", outcome.name(), failure));
     * }
     * }</pre>
     *
     * <p>If three or more of the projects get new databases, these are copies of an empty template ({@link
     * ClusterOptions#emptyTemplates}), and the call runs fewer steps than {@link ProjectRequest#plan()} showed before.
     *
     * @param requests the desired states
     * @return the outcome of each request, in the same order
     * @throws org.citustenancy.errors.InvalidRequestException if two requests contradict each other; nothing is changed
     */
    public List<ProjectOutcome> create(List<ProjectRequest> requests) {
        return batch.create(this, requests);
    }

    /**
     * Returns the projects that this cluster manages.
     *
     * @return the projects by name
     */
    public List<RegisteredProject> projects() {
        return ReadOnlyCall.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return cluster.registry(session).list();
            }
        });
    }

    /**
     * Returns the capacity of the cluster, as reported by every node: how many more projects fit, and which settings to
     * raise for more. The capacity names the nodes that do not answer.
     *
     * @return the capacity
     */
    public Capacity capacity() {
        return ReadOnlyCall.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return CapacityReader.read(
                        session, TopologyReader.read(session, cluster.requireCitus()), cluster.registry(session));
            }
        });
    }

    /**
     * Compares every project with its desired state on every node, several projects at a time, and checks whether the
     * cluster is {@linkplain #secure() secured}. It also reports operations that began and did not end, drops included,
     * and secondaries and clones of workers. Changes nothing.
     *
     * @return the findings of the cluster and of each project, and the reason for each project that could not be
     *     verified
     */
    public ClusterVerification verify() {
        return ReadOnlyCall.changingNothing(() -> new AllProjects(cluster).verify());
    }

    /**
     * Reconciles every project with its desired state, several at a time. A failure of one project does not affect the
     * others. A project fails if rows are lost. It also fails if an operation began that only its own call finishes,
     * such as a drop; the exception names that call.
     *
     * @return the outcome of each project
     */
    public List<ProjectOutcome> repair() {
        return batch.repair(this, new AllProjects(cluster).unlessGoing());
    }

    /**
     * Returns the prepared transactions in the projects that are older than the given time and that no application will
     * end any more. {@link #verify} and {@link #capacity} report them, and nothing else ends them. Prepared
     * transactions of Citus are not included.
     *
     * <pre>{@code
     * cluster.preparedTransactions(Duration.ofHours(1)).rollBack();
     * }</pre>
     *
     * @param olderThan the minimum time since the transaction was prepared; longer than any application takes
     * @return the transactions, to inspect or to roll back
     */
    public OldPreparedTransactions preparedTransactions(Duration olderThan) {
        return new OldPreparedTransactions(cluster, olderThan);
    }

    /**
     * Returns the operations on workers: list, add, drain, remove, relocate, and rebalance.
     *
     * @return the operations
     */
    public Workers workers() {
        return new Workers(cluster, () -> listeners.topologyChanged(this::topology));
    }

    /**
     * Returns an existing project.
     *
     * @param name its name
     * @return the project, without passwords
     * @throws NotFoundException if this cluster does not manage the project
     */
    public Project getProject(String name) {
        return known(registered(name, registry -> registry.require(name)));
    }

    /**
     * Returns a project if it exists.
     *
     * @param name its name
     * @return the project, without passwords, or empty if this cluster does not manage it
     */
    public Optional<Project> findProject(String name) {
        return registered(name, registry -> registry.find(name)).map(this::known);
    }

    private <T> T registered(String name, Function<ProjectRegistry, T> question) {
        Names.given("project name", name);
        return ReadOnlyCall.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return question.apply(cluster.registry(session));
            }
        });
    }

    private Project known(ProjectRegistry.Entry entry) {
        return new Project(this, entry.desired(), Optional.empty());
    }

    /**
     * Backs up every project into a subdirectory of its own, as {@link #backupAll(Path, UnaryOperator)} does.
     *
     * @param directory the parent of the subdirectories
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory) {
        return backupAll(directory, UnaryOperator.identity());
    }

    /**
     * Backs up every project, several at a time, into a subdirectory of its own. Each backup has a snapshot of its own.
     * A failure of one project does not affect the others.
     *
     * <p>A subdirectory has the project's name. Every character except lower-case letters, digits, {@code _} and inner
     * {@code -} is written as {@code %} and two hexadecimal digits.
     *
     * @param directory the parent of the subdirectories
     * @param options changes {@link BackupOptions#STANDARD} for each backup
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster, options.apply(BackupOptions.STANDARD)).into(directory);
    }

    /**
     * Backs up every project into a series of its own. The subdirectories are named as for {@link #backupAll(Path,
     * UnaryOperator)}.
     *
     * @param series the parent of the subdirectories, and how many backups of each project to keep
     * @param options changes {@link BackupOptions#STANDARD} for each backup
     * @return the outcome of each project
     * @throws org.citustenancy.errors.InvalidRequestException if the options select only a part of the projects
     */
    public List<BackupOutcome> backupAll(BackupSeries series, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster, options.apply(BackupOptions.STANDARD)).into(series);
    }

    /**
     * Backs up every project into a series of its own, as {@link #backupAll(BackupSeries, UnaryOperator)} does.
     *
     * @param series the parent of the subdirectories, and how many backups of each project to keep
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(BackupSeries series) {
        return backupAll(series, UnaryOperator.identity());
    }

    /**
     * Returns a request for a project from a backup that {@link Project#backup(Path)} made on this cluster or another.
     * Nothing happens before {@link RestoreRequest#create()}.
     *
     * @param directory the backup's directory
     * @return a request to be completed
     */
    public RestoreRequest restore(Path directory) {
        return RestoreRequest.of(this, directory);
    }

    /**
     * Returns a request for a project from a dump that {@code pg_dump} made. The {@link DumpedProject} defines how its
     * tables are distributed. The request needs a name ({@link RestoreRequest#as}). Nothing happens before {@link
     * RestoreRequest#create()}.
     *
     * @param dump the dump
     * @return a request to be completed
     */
    public RestoreRequest restore(DumpedProject dump) {
        return RestoreRequest.of(this, dump);
    }

    /**
     * Returns a template, and creates it if necessary. A template is a project that is filled once and sealed. New
     * projects are copies of it, made as fast as the nodes copy files. An existing template is reused, also by other
     * processes; they wait while it is filled. It is created again if its fingerprint differs, or if it is older than
     * the cluster's nodes, Citus or this library.
     *
     * <pre>{@code
     * ProjectTemplate shop = cluster.template(
     *         cluster.project("shop_template").withUser("shop_user", password),
     *         "schema of 2026-11-24",
     *         project -> migrate(project.connection("shop_user")));
     * Project test = shop.create("shop_test_1");
     * }</pre>
     *
     * <p>The library drops a template when a worker leaves the cluster, because copies would still refer to that
     * worker.
     *
     * @param request the template's name and users; set passwords, because only the process that fills the template
     *     gets generated ones
     * @param fingerprint a text that you change whenever the result of the preparation changes
     * @param preparation fills the template; this method passes on any exception that it throws, and leaves nothing
     *     behind
     * @return the template
     * @throws org.citustenancy.errors.ConflictException if a project of this name exists that is not a template
     * @throws org.citustenancy.errors.CitusTenancyException as {@link ProjectRequest#create()} does
     */
    public ProjectTemplate template(ProjectRequest request, String fingerprint, Consumer<Project> preparation) {
        return ProjectTemplate.ensure(this, request.desired(), fingerprint, preparation);
    }

    /**
     * Sets a new generated password for a user, as {@link #rotatePassword(String, Secret)} does.
     *
     * @param user the user
     * @return the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public Secret rotatePassword(String user) {
        Secret password = Secret.generate();
        rotatePassword(user, password);
        return password;
    }

    /**
     * Changes a user's password on every node. If the nodes authenticate the user to each other with this password, the
     * method changes it in every project too. During the change, statements on distributed tables of those projects
     * wait, so that none of them fails. Then the listeners are notified.
     *
     * <p>Open sessions stay open, with one exception: if sessions of the user still block the change when a quarter of
     * the deadline is left, the library ends these ({@link ClusterOptions#endSessionsOnRotation}). The library checks
     * every node before it changes the first one. A later failure restores the former password.
     *
     * @param user the user
     * @param password the new password
     * @throws NotFoundException if no managed project has the user
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if a long transaction keeps the fence from closing in
     *     time; nothing was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public void rotatePassword(String user, Secret password) {
        new PasswordRotation(cluster).rotate(Names.given("user", user), Names.given("password", password));
    }

    /**
     * Sets a new generated password for the admin, as {@link #rotateAdminPassword(Secret)} does.
     *
     * <pre>{@code
     * try {
     *     AdminRotation rotation = cluster.rotateAdminPassword();
     *     store(rotation.password());
     *     rotation.remaining().forEach(node -> log.warn("{}", node));
     * } catch (PasswordRotationException failed) {
     *     store(failed.password());
     * }
     * }</pre>
     *
     * @return the completed changes, the pending ones of each node, and the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public AdminRotation rotateAdminPassword() {
        return rotateAdminPassword(Secret.generate());
    }

    /**
     * Changes the password of this object's admin: on every node, in the admin's rows of {@code pg_dist_authinfo}, and
     * in the sessions of this object. The rows are those that exist in the maintenance database and in each project on
     * each node. The library checks every node before it changes the first one. It changes the workers first and the
     * coordinator last. A failure before that restores the former password.
     *
     * <p>A role has one password. From the change of the first node to the change of the last row, new connections of
     * the admin between nodes may fail ({@link AdminRotation#interruption()}). This affects the distribution of tables,
     * other DDL, and the daemons of Citus, which retry. Open sessions stay open. Queries of projects' users do not need
     * the admin's password.
     *
     * <p>Nodes that read the password from a file (PGPASSFILE, {@code ~/.pgpass}) present the former one until you edit
     * the file; the library cannot edit it. {@link AdminRotation#remaining()} names each such node. Prepare the files,
     * call this method, and replace the files immediately.
     *
     * <p>Store the password before you pass it to this method, or take it from the result or the exception. Other
     * processes get a {@link org.citustenancy.errors.ConnectionException} (28P01) until they connect with the new one.
     * If the process ends during the change, connect with the password that the coordinator accepts and call this
     * method with the new one again: it resumes where it stopped.
     *
     * @param newPassword the new password
     * @return the completed changes, and the pending ones of each node
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if another operation holds a project's lock for too
     *     long; nothing was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception contains the
     *     password
     */
    public AdminRotation rotateAdminPassword(Secret newPassword) {
        return new AdminPasswordRotation(cluster).rotate(Names.given("password", newPassword));
    }

    /**
     * Plans {@link #rotatePassword(String)}: returns the statements that it would run now, with the node and the reason
     * for each, and without passwords. Changes nothing, takes no locks, and does not block any statements.
     *
     * @param user the user
     * @return the plan, with the user in place of a project
     * @throws NotFoundException if no managed project has the user
     * @throws org.citustenancy.errors.ConflictException if a node cannot accept the password
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public ProvisioningPlan planRotatePassword(String user) {
        return ReadOnlyCall.changingNothing(() -> new PasswordRotation(cluster).plan(Names.given("user", user)));
    }

    /**
     * Adds a listener that is notified of changed passwords. {@link #rotatePassword} of this object notifies it.
     * Requests of this object notify it too if they set a different password for an existing user, as {@link
     * ProjectRequest#create} does.
     *
     * @param listener the listener
     */
    public void onPasswordChange(PasswordListener listener) {
        listeners.add(listener);
    }

    /**
     * Adds a listener that receives the progress of every long operation of this object, in addition to the listener of
     * a call. The library also logs operations that take longer than 30 seconds, at level {@code INFO}.
     *
     * <pre>{@code
     * cluster.onProgress(progress -> System.out.println(progress));
     * cluster.workers().remove("citus-worker-1", 5432);
     * }</pre>
     *
     * @param listener the listener; the threads that do the work call it
     */
    public void onProgress(ProgressListener listener) {
        listeners.report(listener);
    }

    /**
     * Adds a listener that is notified when {@link #workers()} of this object adds, removes or relocates workers.
     *
     * @param listener the listener
     */
    public void onTopologyChange(TopologyListener listener) {
        listeners.add(listener);
    }

    /**
     * Drops a user: removes it from every project, and then drops the role on every node. Objects that the user owns in
     * a project pass to the project's owner.
     *
     * @param user the user
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if the user owns a project, or an object in a database that is
     *     not managed here
     */
    public List<StepOutcome> dropUser(String user) {
        return new UserRemover(cluster).drop(Names.given("user", user));
    }

    /**
     * Secures the cluster: revokes all privileges of PUBLIC on the maintenance database and on {@code template1}, on
     * every node. Users of projects can then no longer connect to either database. Only superusers and roles with an
     * explicit grant can.
     *
     * <p>Without this, any user can hold the locks of this library and so block the creation of projects; {@link
     * #verify()} warns of it. {@link #form} secures the clusters that it forms, and a new worker gets the privileges of
     * the coordinator. Changes nothing if the cluster is secured already.
     *
     * <p>A tool that connects to these databases as another role, for example for monitoring, needs {@code GRANT
     * CONNECT} first.
     *
     * @return the completed steps
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing is changed
     */
    public List<StepOutcome> secure() {
        return new ClusterDatabases(cluster).close();
    }

    /**
     * Plans {@link #secure()}: returns the steps that it would run now. Changes nothing.
     *
     * @return the plan, with the maintenance database in place of a project
     */
    public ProvisioningPlan planSecure() {
        return ReadOnlyCall.changingNothing(() -> new ClusterDatabases(cluster).plan());
    }

    /**
     * Drops an unmanaged database, which no request of this library created, with all its data on every node.
     *
     * @param database the name of the database
     * @return the completed steps
     * @throws org.citustenancy.errors.InvalidRequestException if the cluster itself needs the database
     */
    public ProvisioningResult dropUnmanaged(String database) {
        String name = Names.project(database, cluster.maintenanceDatabase());
        return new ProjectRemover(cluster).drop(name, true);
    }

    /**
     * Returns the statistics of the projects.
     *
     * @return the statistics
     */
    public ClusterStatistics statistics() {
        return ClusterStatistics.of(this);
    }

    ClusterOptions options() {
        return options;
    }

    Cluster internals() {
        return cluster;
    }

    /** Ends the threads and interrupts running operations. */
    @Override
    public void close() {
        open.close();
    }
}

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
import org.citustenancy.internal.session.Look;
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
 * A Citus cluster, and the projects on it.
 *
 * <pre>{@code
 * try (CitusCluster cluster = CitusCluster.connect(
 *         "jdbc:postgresql://citus-master:5432/postgres", "postgres", Secret.of(adminPassword))) {
 *     Project app = cluster.project("app_production").withUser("app_user", Secret.of(appPassword)).create();
 *     app.tables().distribute("users", "id");
 * }
 * }</pre>
 *
 * <p>Only the coordinator needs to be reachable from here. Safe for use by several threads; a moment after
 * the last operation no connection is open any more.
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
     * @param jdbcUrl the maintenance database on the coordinator
     * @param admin a superuser
     * @param adminPassword the superuser's password
     * @return the cluster
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached or refuses the password
     * @throws org.citustenancy.errors.CitusUnavailableException if the server has no Citus, or it is not set up
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     * @throws org.citustenancy.errors.ConflictException if the database is a project's or a template's
     * @throws org.citustenancy.errors.InvalidRequestException if the URL is not one
     */
    public static CitusCluster connect(String jdbcUrl, String admin, Secret adminPassword) {
        return connect(ClusterOptions.of(jdbcUrl, admin, adminPassword));
    }

    /**
     * Connects to a cluster and checks that the library can manage it.
     *
     * @param options how to work with it
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
     * Makes servers one cluster and connects to it: waits until they answer, creates Citus in the maintenance database of
     * each, sets the coordinator's address, {@linkplain #secure() secures} a cluster that it founds, and lets every worker
     * join, with all projects that there may be already.
     * Changes nothing if they are one; meant for the start of an application, of which several instances may start at the
     * same time. Workers that are not named stay what they are.
     *
     * <pre>{@code
     * CitusCluster cluster = CitusCluster.form(
     *         ClusterOptions.of("jdbc:postgresql://citus-master:5432/postgres", "postgres", adminPassword),
     *         ClusterFormation.of("citus-master", 5432)
     *                 .withWorker("citus-worker-1", 5432)
     *                 .withWorker("citus-worker-2", 5432));
     * }</pre>
     *
     * @param options how to work with it
     * @param formation which servers, under which addresses, and how long they are waited for
     * @return the cluster
     * @throws org.citustenancy.errors.DeadlineExceededException if a server does not answer in time; the others already form
     *     a cluster, and the next call resumes from there
     * @throws org.citustenancy.errors.ConnectionException if the coordinator refuses the admin
     * @throws org.citustenancy.errors.NodeUnreachableException if the admin cannot connect from one node to another
     * @throws org.citustenancy.errors.InvalidRequestException if the coordinator is another server than the one that
     *     answers at its address
     * @throws org.citustenancy.errors.ConflictException if a server belongs to another cluster, or has another version
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
     * The nodes, as the coordinator knows them now.
     *
     * @return the topology
     */
    public Topology topology() {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return TopologyReader.read(session, cluster.requireCitus());
        }
    }

    /**
     * A request for a project, new or existing. Nothing happens before {@link ProjectRequest#create()}.
     *
     * @param name the project's name, which becomes its database's
     * @return a request to be completed
     * @throws org.citustenancy.errors.InvalidRequestException if no database can have this name
     */
    public ProjectRequest project(String name) {
        return ProjectRequest.of(this, name);
    }

    /**
     * A request for the project of an application in an environment, named by the convention.
     *
     * @param application the application's name
     * @param environment the environment
     * @return a request to be completed
     */
    public ProjectRequest project(String application, Environment environment) {
        return project(options.naming().project(application, environment));
    }

    /**
     * Creates or changes several projects, as many at a time as {@link ClusterOptions#parallelism} says. One that fails does
     * not hold up the others; nothing but contradictions is thrown.
     *
     * <pre>{@code
     * for (ProjectOutcome outcome : cluster.create(List.of(
     *         cluster.project("app_production").withUser("app_user", Secret.of(appPassword)),
     *         cluster.project("analytics").withUser("analytics_user")))) {
     *     outcome.failure().ifPresent(failure -> log.warn("{} is not ready", outcome.name(), failure));
     * }
     * }</pre>
     *
     * <p>Where three or more of them get new databases, these are copies of an empty template ({@link
     * ClusterOptions#emptyTemplates}), and fewer steps are done than {@link ProjectRequest#plan()} showed before.
     *
     * @param requests the desired states
     * @return the outcome of each request, in the same order
     * @throws org.citustenancy.errors.InvalidRequestException if two requests contradict each other; nothing is touched
     */
    public List<ProjectOutcome> create(List<ProjectRequest> requests) {
        return batch.create(this, requests);
    }

    /**
     * What is managed here.
     *
     * @return the projects by name
     */
    public List<RegisteredProject> projects() {
        return Look.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return cluster.registry(session).list();
            }
        });
    }

    /**
     * How much room there is, as every node says it: how many more projects fit, and what to raise for more. A node that does
     * not answer is named in it.
     *
     * @return the capacity
     */
    public Capacity capacity() {
        return Look.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return CapacityReader.read(
                        session, TopologyReader.read(session, cluster.requireCitus()), cluster.registry(session));
            }
        });
    }

    /**
     * Compares every project with its desired state on every node, several projects at a time, and checks whether the cluster is
     * {@linkplain #secure() secured}. What was begun and did not end is reported, a drop too, and so are secondaries and
     * clones of workers. Changes nothing.
     *
     * @return what was found in the cluster and in each project, and why some could not be verified
     */
    public ClusterVerification verify() {
        return Look.changingNothing(() -> new AllProjects(cluster).verify());
    }

    /**
     * Reconciles every project with its desired state, several at a time. One that fails does not hold up the others. A project
     * of which rows are lost, or with which something was begun that only its own call ends, such as a drop, is one that
     * fails: its exception names that call.
     *
     * @return the outcome of each project
     */
    public List<ProjectOutcome> repair() {
        return batch.repair(this, new AllProjects(cluster).unlessGoing());
    }

    /**
     * The prepared transactions in the projects that no application will end any more, for {@link #verify} and {@link
     * #capacity} report them, and nothing else ends them. Citus' own are not among them.
     *
     * <pre>{@code
     * cluster.preparedTransactions(Duration.ofHours(1)).rollBack();
     * }</pre>
     *
     * @param olderThan how long ago they must have been prepared at least; longer than any application takes
     * @return what to look at or to roll back
     */
    public OldPreparedTransactions preparedTransactions(Duration olderThan) {
        return new OldPreparedTransactions(cluster, olderThan);
    }

    /**
     * The workers, and how they join and leave.
     *
     * @return the workers
     */
    public Workers workers() {
        return new Workers(cluster, () -> listeners.topologyChanged(this::topology));
    }

    /**
     * A project that was created before.
     *
     * @param name its name
     * @return the project, whose passwords are not known
     * @throws NotFoundException if this cluster does not manage it
     */
    public Project getProject(String name) {
        return known(registered(name, registry -> registry.require(name)));
    }

    /**
     * A project that may have been created before.
     *
     * @param name its name
     * @return the project, whose passwords are not known, or empty if this cluster does not manage it
     */
    public Optional<Project> findProject(String name) {
        return registered(name, registry -> registry.find(name)).map(this::known);
    }

    private <T> T registered(String name, Function<ProjectRegistry, T> question) {
        Names.given("project name", name);
        return Look.changingNothing(() -> {
            try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
                return question.apply(cluster.registry(session));
            }
        });
    }

    private Project known(ProjectRegistry.Entry entry) {
        return new Project(this, entry.desired(), Optional.empty());
    }

    /**
     * Backs up every project, each into a subdirectory, as {@link #backupAll(Path, UnaryOperator)} does.
     *
     * @param directory where the subdirectories are to be
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory) {
        return backupAll(directory, UnaryOperator.identity());
    }

    /**
     * Backs up every project as of a moment of its own, several at a time, each into a subdirectory. One that fails does not
     * hold up the others.
     *
     * <p>A subdirectory has the project's name, of which everything but lower-case letters, digits, {@code _} and inner
     * {@code -} is written as {@code %} and two hexadecimal digits.
     *
     * @param directory where the subdirectories are to be
     * @param options changes {@link BackupOptions#STANDARD}, for each
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(Path directory, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster, options.apply(BackupOptions.STANDARD)).into(directory);
    }

    /**
     * Backs up every project into a series of its own, in a subdirectory as {@link #backupAll(Path, UnaryOperator)} names it.
     *
     * @param series where the subdirectories are to be, and how many backups of each project are kept
     * @param options changes {@link BackupOptions#STANDARD}, for each
     * @return the outcome of each project
     * @throws org.citustenancy.errors.InvalidRequestException if the options ask for a part of the projects only
     */
    public List<BackupOutcome> backupAll(BackupSeries series, UnaryOperator<BackupOptions> options) {
        return new AllBackups(cluster, options.apply(BackupOptions.STANDARD)).into(series);
    }

    /**
     * Backs up every project into a series of its own, as {@link #backupAll(BackupSeries, UnaryOperator)} does.
     *
     * @param series where the subdirectories are to be, and how many backups of each project are kept
     * @return the outcome of each project
     */
    public List<BackupOutcome> backupAll(BackupSeries series) {
        return backupAll(series, UnaryOperator.identity());
    }

    /**
     * A request for a project from a backup that {@link Project#backup(Path)} made, of this cluster or another. Nothing
     * happens before {@link RestoreRequest#create()}.
     *
     * @param directory the backup's directory
     * @return a request to be completed
     */
    public RestoreRequest restore(Path directory) {
        return RestoreRequest.of(this, directory);
    }

    /**
     * A request for a project from a dump that {@code pg_dump} made, of which the caller says how its tables are distributed.
     * It needs a name ({@link RestoreRequest#as}). Nothing happens before {@link RestoreRequest#create()}.
     *
     * @param dump the dump
     * @return a request to be completed
     */
    public RestoreRequest restore(DumpedProject dump) {
        return RestoreRequest.of(this, dump);
    }

    /**
     * A template: a project that is filled once and sealed, so that new projects can be made as copies of it, as fast as
     * the nodes copy files. One that is there is used again, also by other processes, who wait while it is being filled;
     * one that was filled with something else, or is older than the cluster's nodes, Citus or this library, is created again.
     *
     * <pre>{@code
     * ProjectTemplate shop = cluster.template(
     *         cluster.project("shop_template").withUser("shop_user", password),
     *         "schema of 2026-11-24",
     *         project -> migrate(project.connection("shop_user")));
     * Project test = shop.create("shop_test_1");
     * }</pre>
     *
     * <p>A template goes when a worker leaves the cluster, for copies of it would look for that worker.
     *
     * @param request the template's name and users; give passwords, since generated ones are known only to the process that fills it
     * @param fingerprint changes whenever what the preparation does changes
     * @param preparation fills it; what it throws is thrown here, and nothing is left
     * @return the template
     * @throws org.citustenancy.errors.ConflictException if there is a project of this name that is no template
     * @throws org.citustenancy.errors.CitusTenancyException as {@link ProjectRequest#create()} does
     */
    public ProjectTemplate template(ProjectRequest request, String fingerprint, Consumer<Project> preparation) {
        return ProjectTemplate.ensure(this, request.desired(), fingerprint, preparation);
    }

    /**
     * Gives a user a new generated password, as {@link #rotatePassword(String, Secret)} does.
     *
     * @param user the user
     * @return the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception has the password
     */
    public Secret rotatePassword(String user) {
        Secret password = Secret.generate();
        rotatePassword(user, password);
        return password;
    }

    /**
     * Changes a user's password on every node and, where the nodes authenticate the user to each other with it, in every
     * project. Statements on distributed tables of those projects wait for that moment, so none of them fails; sessions that
     * are open stay open, unless the user's own keep it from ending until a quarter of the deadline is left: then these are
     * ended ({@link ClusterOptions#endSessionsOnRotation}). Then the listeners are notified. The library checks every node
     * before it changes the first one; a later failure restores the former password.
     *
     * @param user the user
     * @param password the new password
     * @throws NotFoundException if the user is in no project that is managed here
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if a long transaction does not let the fence close in time;
     *     nothing was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception has the password
     */
    public void rotatePassword(String user, Secret password) {
        new PasswordRotation(cluster).rotate(Names.given("user", user), Names.given("password", password));
    }

    /**
     * Gives the admin a new generated password, as {@link #rotateAdminPassword(Secret)} does.
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
     * @return what was done, with the new password
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception has the password
     */
    public AdminRotation rotateAdminPassword() {
        return rotateAdminPassword(Secret.generate());
    }

    /**
     * Changes the password of this object's admin on every node; in the admin's rows of {@code pg_dist_authinfo}, in the
     * maintenance database and in each project on each node, where there are any; and in the sessions of this object. The
     * library checks every node before it changes the first one. The workers change first, the coordinator last; a failure
     * before that restores the former password.
     *
     * <p>A role has one password. From the change of the first node to that of the last row, new connections of the admin
     * between nodes may fail ({@link AdminRotation#interruption()}): distributing tables, other DDL, and the daemons of Citus, which
     * try again. Sessions that are open stay open, and queries of projects' users do not need the admin's password.
     *
     * <p>Nodes that take the password from a file (PGPASSFILE, {@code ~/.pgpass}) present the one before until you edit the file,
     * which this library cannot. {@link AdminRotation#remaining()} names each such node. Prepare the files, call this, and
     * replace the files at once.
     *
     * <p>Store the password before you give it to this method, or take it from the result or the exception. Other processes
     * get a {@link org.citustenancy.errors.ConnectionException} (28P01) until they connect with the new one. If the process ends
     * on the way, connect with the password that the coordinator accepts, and call this with the new one again: it carries on.
     *
     * @param newPassword the new password
     * @return the completed changes, and the pending ones of each node
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing was changed
     * @throws org.citustenancy.errors.DeadlineExceededException if another operation holds a project's lock for too long; nothing
     *     was changed
     * @throws org.citustenancy.users.PasswordRotationException if it fails after it began; the exception has the password
     */
    public AdminRotation rotateAdminPassword(Secret newPassword) {
        return new AdminPasswordRotation(cluster).rotate(Names.given("password", newPassword));
    }

    /**
     * What {@link #rotatePassword(String)} would do now: the statements, with the node and the reason for each, and no
     * password. Changes nothing, takes no lock, and lets no statement wait.
     *
     * @param user the user
     * @return the plan, which names the user in place of a project
     * @throws NotFoundException if the user is in no project that is managed here
     * @throws org.citustenancy.errors.ConflictException if a node cannot take the password
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer
     */
    public ProvisioningPlan planRotatePassword(String user) {
        return Look.changingNothing(() -> new PasswordRotation(cluster).plan(Names.given("user", user)));
    }

    /**
     * Adds a listener that is notified of changed passwords: by {@link #rotatePassword} of this object, and by requests of this
     * object that name another password for a user than the user has, as {@link ProjectRequest#create} does.
     *
     * @param listener the listener
     */
    public void onPasswordChange(PasswordListener listener) {
        listeners.add(listener);
    }

    /**
     * Adds a listener that receives the progress of every long operation of this object, besides the listener that a call
     * names. An operation that takes longer than 30 seconds is in the log as well, at {@code INFO}.
     *
     * <pre>{@code
     * cluster.onProgress(progress -> System.out.println(progress));
     * cluster.workers().remove("citus-worker-1", 5432);
     * }</pre>
     *
     * @param listener the listener, called by the threads that do the work
     */
    public void onProgress(ProgressListener listener) {
        listeners.report(listener);
    }

    /**
     * Adds a listener that is notified when workers joined, left or moved, by {@link #workers()} of this object.
     *
     * @param listener the listener
     */
    public void onTopologyChange(TopologyListener listener) {
        listeners.add(listener);
    }

    /**
     * Drops a user: out of every project, with what the user owns going to the project's owner, and then the role on every
     * node.
     *
     * @param user the user
     * @return what was done
     * @throws org.citustenancy.errors.ConflictException if the user owns a project, or something in a database that is not
     *     managed here
     */
    public List<StepOutcome> dropUser(String user) {
        return new UserRemover(cluster).drop(Names.given("user", user));
    }

    /**
     * Takes from PUBLIC, on every node, all privileges on the maintenance database and on {@code template1}: users of projects
     * connect to neither any more, only superusers and roles with a grant of their own do. Until then any user can hold the
     * locks by which this library works, and keep projects from being created; {@link #verify()} warns of it. {@link #form}
     * does it to the clusters that it forms, and a worker that joins follows the coordinator. Changes nothing if it is done.
     *
     * <p>A tool that connects to these databases as another role, as monitoring may, needs {@code GRANT CONNECT} first.
     *
     * @return what was done
     * @throws org.citustenancy.errors.NodeUnreachableException if a node does not answer; nothing is changed then
     */
    public List<StepOutcome> secure() {
        return new ClusterDatabases(cluster).close();
    }

    /**
     * What {@link #secure()} would do now. Changes nothing.
     *
     * @return the plan, which names the maintenance database in place of a project
     */
    public ProvisioningPlan planSecure() {
        return Look.changingNothing(() -> new ClusterDatabases(cluster).plan());
    }

    /**
     * Drops a database that no request of this library made, on every node, with all its data.
     *
     * @param database its name
     * @return what was done
     * @throws org.citustenancy.errors.InvalidRequestException if the cluster itself needs it
     */
    public ProvisioningResult dropUnmanaged(String database) {
        String name = Names.project(database, cluster.maintenanceDatabase());
        return new ProjectRemover(cluster).drop(name, true);
    }

    /**
     * What the projects use.
     *
     * @return the way to their figures
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

    /** Ends the threads. Work that is still going on is interrupted. */
    @Override
    public void close() {
        open.close();
    }
}

package org.citustenancy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.RecoveryOptions;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.capacity.CapacityReader;
import org.citustenancy.internal.formation.ClusterFormer;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.AllProjects;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ClusterDatabases;
import org.citustenancy.internal.provisioning.ClusterVerifier;
import org.citustenancy.internal.provisioning.MaintenanceDatabaseCheck;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.suspending.AutosuspendOptions;
import org.citustenancy.topology.Topology;
import org.citustenancy.topology.TopologyListener;
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

    private CitusCluster(ClusterOptions options, Supplier<Secret> adminPassword) {
        this.options = options;
        this.open = new OpenCluster(options, adminPassword, listeners::passwordChanged, listeners::progressed);
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
        return connect(options, options::adminPassword);
    }

    /**
     * Connects to a cluster whose admin's password another process may change, for example with a file that is
     * replaced. If a server refuses the known password, the library calls the supplier and tries its password.
     *
     * <pre>{@code
     * CitusCluster cluster = CitusCluster.connect(options, () -> vault.read("citus/admin"));
     * }</pre>
     *
     * @param options the options of the connection, with the password that is tried first
     * @param adminPassword supplies the current password; must return quickly
     * @return the cluster
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #connect(String, String, Secret)} does
     */
    public static CitusCluster connect(ClusterOptions options, Supplier<Secret> adminPassword) {
        CitusCluster connected = new CitusCluster(options, adminPassword);
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
        CitusCluster formed = new CitusCluster(options, options::adminPassword);
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
     * and secondaries and clones of workers. Changes nothing but the registry's record of this verification.
     *
     * <p>A session in a suspended project would wake it. So this does not look inside a suspended project if nothing
     * was written in it since a verification found nothing wrong, and neither its users, privileges and settings nor the
     * servers and their rules for clients have changed: {@link ClusterVerification#unchanged()}. {@link
     * #verifyThoroughly()} looks inside every project.
     *
     * @return the findings of the cluster and of each project, and the reason for each project that could not be
     *     verified
     */
    public ClusterVerification verify() {
        return ReadOnlyCall.changingNothing(() -> new ClusterVerifier(cluster).verify());
    }

    /**
     * Compares every project with its desired state, as {@link #verify()} does, suspended projects included. This wakes
     * them. It finds what leaves no trace in the statistics of PostgreSQL, such as a damaged file.
     *
     * @return the findings of the cluster and of each project, and the reason for each project that could not be
     *     verified
     */
    public ClusterVerification verifyThoroughly() {
        return ReadOnlyCall.changingNothing(() -> new ClusterVerifier(cluster).verifyThoroughly());
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
     * Returns the operations on the coordinator: relocate.
     *
     * @return the operations
     */
    public Coordinator coordinator() {
        return new Coordinator(cluster, this::notifyTopologyChanged);
    }

    /**
     * Starts to follow failovers: every database gets the address of a server that took over a node. The first round
     * starts at once, on a thread of its own; after a round that fails, the next one tries again. Close the monitor
     * before this object. See {@link FailoverMonitor}.
     *
     * <pre>{@code
     * FailoverMonitor monitor = cluster.followFailovers(options -> options.withServer("citus-worker-1-standby", 5432));
     * }</pre>
     *
     * @param options changes {@link FailoverOptions#STANDARD}
     * @return the running monitor
     * @see <a href="https://www.postgresql.org/docs/current/warm-standby-failover.html">Failover</a>
     */
    public FailoverMonitor followFailovers(UnaryOperator<FailoverOptions> options) {
        return FailoverMonitor.start(this, options.apply(FailoverOptions.STANDARD));
    }

    void notifyTopologyChanged() {
        listeners.topologyChanged(this::topology);
    }

    /**
     * Starts to recover distributed transactions in place of the daemons of Citus, with {@link
     * RecoveryOptions#STANDARD}. See {@link TransactionRecovery}.
     *
     * @return the running service
     */
    public TransactionRecovery recoverTransactions() {
        return recoverTransactions(UnaryOperator.identity());
    }

    /**
     * Starts to recover distributed transactions in place of the daemons of Citus. The first round starts at once, on a
     * thread of its own. Close the service before this object. See {@link TransactionRecovery}.
     *
     * <pre>{@code
     * cluster.recoverTransactions(options -> options.withStandby("citus-worker-1-standby", 5432));
     * }</pre>
     *
     * @param options changes {@link RecoveryOptions#STANDARD}
     * @return the running service
     */
    public TransactionRecovery recoverTransactions(UnaryOperator<RecoveryOptions> options) {
        return TransactionRecovery.start(cluster, options.apply(RecoveryOptions.STANDARD));
    }

    /**
     * Starts to suspend unused projects. The first round starts at once, on a thread of its own. Close the service
     * before this object. See {@link Autosuspend}.
     *
     * <pre>{@code
     * Autosuspend autosuspend = cluster.autosuspend(options -> options.idleFor(Duration.ofMinutes(30)));
     * }</pre>
     *
     * @param options changes {@link AutosuspendOptions#STANDARD}
     * @return the running service
     */
    public Autosuspend autosuspend(UnaryOperator<AutosuspendOptions> options) {
        return Autosuspend.start(cluster, options.apply(AutosuspendOptions.STANDARD));
    }

    /**
     * Returns the operations on users that affect all their projects: rotate a password, drop a user.
     *
     * @return the operations
     */
    public ClusterUsers users() {
        return new ClusterUsers(cluster);
    }

    /**
     * Returns the backups of all projects, and requests for projects from a backup or a dump.
     *
     * @return the operations
     */
    public ClusterBackups backups() {
        return new ClusterBackups(this);
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
     * Adds a listener that is notified of changed passwords. {@link ClusterUsers#rotatePassword} of this object
     * notifies it. Requests of this object notify it too if they set a different password for an existing user, as
     * {@link ProjectRequest#create} does.
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
     * Adds a listener that is notified when {@link #workers()} of this object adds, removes or relocates workers, when
     * {@link Coordinator#relocate} changes the coordinator's address, and when a {@link FailoverMonitor} of this object
     * finds a changed topology, also if another process has changed it.
     *
     * @param listener the listener
     */
    public void onTopologyChange(TopologyListener listener) {
        listeners.add(listener);
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

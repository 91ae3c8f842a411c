package org.citustenancy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectRemover;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.CoordinatorAddress;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;
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
 * <p>Only the coordinator needs to be reachable from here. Safe for use by several threads; no connection is open while
 * nothing is being done.
 */
public final class CitusCluster implements AutoCloseable {

    private static final String VERSION = Optional.ofNullable(
                    CitusCluster.class.getPackage().getImplementationVersion())
            .orElse("development");

    private final ClusterOptions options;
    private final ExecutorService threads;
    private final Cluster cluster;
    private final ProjectBatch batch;

    private CitusCluster(ClusterOptions options) {
        this.options = options;
        this.threads = Executors.newCachedThreadPool(threadFactory());
        Sessions sessions = new Sessions(
                CoordinatorAddress.of(options.jdbcUrl()), options.admin(), options.adminPassword(), threads);
        this.cluster = new Cluster(sessions, threads, options.requireCitus(), options.deadline(), VERSION);
        this.batch = new ProjectBatch(threads, options.parallelism());
    }

    private static ThreadFactory threadFactory() {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "citus-tenancy-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Connects to a cluster and sees that it can be worked with.
     *
     * @param jdbcUrl the maintenance database on the coordinator
     * @param admin a superuser
     * @param adminPassword the superuser's password
     * @return the cluster
     * @throws org.citustenancy.errors.ConnectionException if the coordinator cannot be reached or refuses the password
     * @throws org.citustenancy.errors.CitusUnavailableException if the server has no Citus, or it is not set up
     * @throws org.citustenancy.errors.InsufficientPrivilegeException if the admin is not a superuser
     * @throws org.citustenancy.errors.InvalidRequestException if the URL is not one
     */
    public static CitusCluster connect(String jdbcUrl, String admin, Secret adminPassword) {
        return connect(ClusterOptions.of(jdbcUrl, admin, adminPassword));
    }

    /**
     * Connects to a cluster and sees that it can be worked with.
     *
     * @param options how to work with it
     * @return the cluster
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #connect(String, String, Secret)} does
     */
    public static CitusCluster connect(ClusterOptions options) {
        CitusCluster connected = new CitusCluster(options);
        try {
            connected.topology();
            return connected;
        } catch (RuntimeException failure) {
            connected.close();
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
     * Creates or changes several projects, several at a time. One that fails does not hold up the others.
     *
     * @param requests what is asked for
     * @return what became of each, in the same order
     * @throws org.citustenancy.errors.InvalidRequestException if two requests contradict each other; nothing is touched
     */
    public List<ProjectOutcome> create(List<ProjectRequest> requests) {
        return batch.create(requests);
    }

    /**
     * What is managed here.
     *
     * @return the projects by name
     */
    public List<RegisteredProject> projects() {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return new ProjectRegistry(session, VERSION).list();
        }
    }

    /**
     * A project that was created before.
     *
     * @param name its name
     * @return the project, whose passwords are not known
     * @throws NotFoundException if it is not managed here
     */
    public Project existing(String name) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return new ProjectRegistry(session, VERSION)
                    .find(name)
                    .map(entry -> new Project(this, entry.desired(), Optional.empty()))
                    .orElseThrow(() -> new NotFoundException(Failure.of("No project \"" + name + "\" is managed here")
                            .where(session.place())
                            .toDo("see projects() for those that are, or create it")));
        }
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

    ClusterOptions options() {
        return options;
    }

    Cluster internals() {
        return cluster;
    }

    /** Ends the threads. Work that is still going on is interrupted. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

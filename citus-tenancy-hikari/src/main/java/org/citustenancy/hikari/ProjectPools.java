package org.citustenancy.hikari;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.errors.RegistryClosedException;
import org.citustenancy.hikari.health.PoolsHealth;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.capacity.PlannedPool;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.connections.Targets;
import org.citustenancy.hikari.internal.hikari.ClosingPools;
import org.citustenancy.hikari.internal.hikari.RunningPool;
import org.citustenancy.hikari.internal.housekeeping.Housekeeping;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.Standby;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry of HikariCP pools: one pool for each project and user, created at its first use, all within one budget of
 * connections.
 *
 * <pre>{@code
 * try (ProjectPools pools = ProjectPools.builder()
 *         .cluster(cluster)                                        // follows changed passwords
 *         .project(app.connection("app_user"))
 *         .project(ConnectionVariables.ofProcess().connection("ANALYTICS_"))
 *         .budget(ConnectionBudget.of(40).guarantee("app_production", 5))
 *         .settings("analytics", settings -> settings.max(10))
 *         .open()) {
 *
 *     DataSource dataSource = pools.dataSource("app_production", "app_user");
 *
 *     try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
 *         pools.scopes().dataSource().getConnection();             // of analytics
 *     }
 * }
 * }</pre>
 *
 * <p>Waiting is fair among projects. Projects that hold no connection are served in the order of their requests, before
 * all projects that hold some. If {@code n} projects wait at a budget of {@code b}, the last one gets a connection
 * after at most {@code n / b} rounds. Each round takes at most as long as the longest loan, plus 2 s for which a
 * connection may be used before it is passed on, plus the time to close one connection and open another. Connections
 * that are guaranteed to a project are available at once. Within a project's pool, HikariCP hands connections to
 * waiting threads, though a thread that requests one at the same time may be faster.
 *
 * <p>Safe for use by several threads.
 */
public final class ProjectPools implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectPools.class);

    private final ConnectionBudget budget;
    private final PoolSettings common;
    private final Map<String, PoolSettings> ofProjects;
    private volatile PoolNodes nodes;
    private final Duration grace;
    private final Registrations registrations;
    private final Housekeeping housekeeping = new Housekeeping();
    private final RunningPool.Surroundings surroundings;
    private final Runnable endOfBudgetMeters;
    private final Map<PoolName, ProjectPool> pools = new ConcurrentHashMap<>();
    private final ProjectScopes scopes = new ProjectScopes(this);
    private final Object opening = new Object();
    private volatile boolean closed;

    ProjectPools(
            ConnectionBudget budget,
            PoolSettings common,
            Map<String, PoolSettings> ofProjects,
            PoolNodes nodes,
            PoolMetrics metrics,
            Duration grace,
            Function<String, Optional<Failure>> unavailable,
            List<Registration> registrations) {
        this.budget = budget;
        this.common = common;
        this.ofProjects = Map.copyOf(ofProjects);
        this.nodes = nodes;
        warnOfUnusedStandbys(nodes);
        this.grace = grace;
        this.registrations = new Registrations(registrations);
        this.surroundings = new RunningPool.Surroundings(
                housekeeping,
                new Ledger(budget, housekeeping.budget()),
                new NodeWatch(housekeeping.nodes()),
                metrics,
                unavailable);
        this.endOfBudgetMeters = metrics.measureBudget(budget, surroundings.ledger()::use);
    }

    /**
     * Returns a builder of a registry of pools.
     *
     * @return a builder, which does nothing before {@link ProjectPoolsBuilder#open()}
     */
    public static ProjectPoolsBuilder builder() {
        return new ProjectPoolsBuilder();
    }

    /**
     * Registers a project at run time, for one of its users. If they are already registered, the connection replaces
     * the former one: open pools open new connections at the new address, with the new password, and replace the others
     * when they are idle.
     *
     * @param connection the project's connection, with the password
     * @throws org.citustenancy.errors.NotFoundException if it has no password
     * @throws RegistryClosedException if the registry is closed
     */
    public void register(ConnectionInfo connection) {
        register(new Registration(connection, new Login(connection.user(), connection.password())));
    }

    /**
     * Registers a project at run time, for one of its users, with a supplier of the password. It replaces a former
     * registration as {@link #register(ConnectionInfo)} does.
     *
     * @param connection the project's connection
     * @param password supplies the password of each new connection; must return quickly
     * @throws RegistryClosedException if the registry is closed
     */
    public void register(ConnectionInfo connection, Supplier<Secret> password) {
        register(new Registration(connection, new Login(connection.user(), password)));
    }

    private void register(Registration registration) {
        synchronized (opening) {
            requireOpen();
            registrations.former(registration).ifPresent(known -> move(known.at(registration.connection())));
            registrations.add(registration);
        }
    }

    /** Leads the open pools of a registration to its new address. */
    private void move(Registration moved) {
        List<ProjectPool> open =
                pools.values().stream().filter(pool -> moved.isOf(pool.name())).toList();
        // What the settings or the driver refuse changes nothing.
        Map<ProjectPool, List<Target>> targets = new LinkedHashMap<>();
        for (ProjectPool pool : open) {
            requireOwnSessionOptions(pool.name(), moved);
            targets.put(pool, targets(pool.name(), moved));
        }
        registrations.replace(moved);
        targets.forEach((pool, addresses) -> pool.running().spread(addresses));
        forgetUnusedNodes();
    }

    /**
     * Returns the pool of a project for one of its users, and creates it if it is not open.
     *
     * @param project the project
     * @param user the user
     * @return the pool
     * @throws org.citustenancy.errors.NotFoundException if they are not registered; the message lists the registered
     * ones
     * @throws org.citustenancy.errors.InvalidRequestException if its settings are impossible
     * @throws RegistryClosedException if the registry is closed
     */
    public ProjectPool pool(String project, String user) {
        return pool(new PoolName(project, user, false));
    }

    /**
     * Returns the read pool of a project for one of its users. Its connections are distributed over all nodes, with
     * {@link ProjectPoolsBuilder#readStandbys} over the coordinator's standby, too, and their transactions are read-only.
     *
     * @param project the project
     * @param user the user
     * @return a pool separate from {@link #pool}, with connections of the same part of the budget
     * @throws org.citustenancy.errors.NotFoundException if they are not registered; the message lists the registered
     * ones
     * @throws RegistryClosedException if the registry is closed
     */
    public ProjectPool readPool(String project, String user) {
        return pool(new PoolName(project, user, true));
    }

    /**
     * Returns the data source of {@link #pool}.
     *
     * @param project the project
     * @param user the user
     * @return the data source of the pool
     */
    public DataSource dataSource(String project, String user) {
        return pool(project, user).dataSource();
    }

    /**
     * Returns the scopes of this registry, which bind threads to projects.
     *
     * @return the scopes of this registry
     */
    public ProjectScopes scopes() {
        return scopes;
    }

    /**
     * Returns the open pools.
     *
     * @return a copy, in the order of their names
     */
    public List<ProjectPool> pools() {
        return pools.values().stream()
                .sorted(Comparator.comparing(ProjectPool::name))
                .toList();
    }

    /**
     * Returns the current use of the budget: the connections that each project holds, and the threads that wait.
     *
     * @return a snapshot of the use
     */
    public BudgetUse use() {
        return surroundings.ledger().use();
    }

    /**
     * Checks the servers of all registered projects. The check borrows one connection of each server, one after another,
     * from a pool with an idle connection if there is one: the number of connections that it needs does not grow with
     * the number of projects. If a server refuses the user of a pool, the check tries up to two other pools.
     *
     * <pre>{@code
     * PoolsHealth health = pools.checkHealth(Duration.ofSeconds(5));
     * if (!health.isUp()) {
     *     log.warn("{}", health);
     * }
     * }</pre>
     *
     * @param timeout how long to wait for a connection of each server, and for its answer
     * @return the result for each server, with the use of the budget
     * @throws RegistryClosedException if the registry is closed
     */
    public PoolsHealth checkHealth(Duration timeout) {
        requireOpen();
        return new PoolsHealth(
                new HealthCheck(this::pool, name -> Optional.ofNullable(pools.get(name)), timeout)
                        .run(registrations.all()),
                use());
    }

    /**
     * Applies a changed password of a user in all projects. New connections use the new password, and open connections
     * are replaced when they are idle. With {@link ProjectPoolsBuilder#cluster} the registry applies passwords that are
     * changed through that cluster automatically.
     *
     * @param user the user
     * @param password the new password
     */
    public void passwordChanged(String user, Secret password) {
        registrations.passwordChanged(user, password);
    }

    /**
     * Applies a changed list of workers. Pools whose connections are distributed over the nodes open their share on
     * each of these workers and on the coordinator, and close connections to other nodes when they are idle. With
     * {@link ProjectPoolsBuilder#cluster} the registry applies changes that are made through that cluster
     * automatically.
     *
     * @param addresses the workers' addresses, as the application reaches them
     */
    public void workersChanged(List<NodeAddress> addresses) {
        nodesChanged(former -> former.withWorkers(addresses));
    }

    /**
     * Applies a changed list of standbys, as {@link #workersChanged} does with workers. It has an effect with {@link
     * ProjectPoolsBuilder#readStandbys}.
     *
     * @param standbys the standbys of the coordinator and of the workers
     */
    public void standbysChanged(List<Standby> standbys) {
        nodesChanged(former -> former.withStandbys(standbys));
    }

    void nodesChanged(UnaryOperator<PoolNodes> change) {
        synchronized (opening) {
            if (closed) {
                return;
            }
            nodes = change.apply(nodes);
            warnOfUnusedStandbys(nodes);
            pools.values().stream().filter(pool -> nodes.areUsedBy(pool.name())).forEach(pool -> registrations
                    .find(pool.name().project(), pool.name().user())
                    .ifPresent(known -> pool.running().spread(targets(pool.name(), known))));
            forgetUnusedNodes();
        }
    }

    private void forgetUnusedNodes() {
        surroundings
                .watch()
                .retain(
                        nodes.addresses(),
                        registrations.all().stream()
                                .map(known -> new NodeAddress(
                                        known.connection().host(),
                                        known.connection().port()))
                                .toList());
    }

    private static void warnOfUnusedStandbys(PoolNodes nodes) {
        nodes.obstacle().ifPresent(why -> LOG.warn("Read pools use no standby: {}", why));
    }

    private ProjectPool pool(PoolName name) {
        requireOpen();
        ProjectPool open = pools.get(name);
        return open != null ? open : opened(name);
    }

    private ProjectPool opened(PoolName name) {
        synchronized (opening) {
            requireOpen();
            ProjectPool other = pools.get(name);
            if (other != null) {
                return other;
            }
            // Here, so that no other thread unregisters the project before its pool is among those that it would close.
            Registration registration = registrations.get(name.project(), name.user());
            requireOwnSessionOptions(name, registration);
            ProjectPool pool = new ProjectPool(
                    name, registration.login(), settings(name.project()), targets(name, registration), surroundings);
            pools.put(name, pool);
            return pool;
        }
    }

    private void requireOwnSessionOptions(PoolName name, Registration registration) {
        if (settings(name.project()).hasServerTimeouts() || name.reads()) {
            Targets.refuseOwnSessionOptions(registration.connection());
        }
    }

    private PoolSettings settings(String project) {
        return ofProjects.getOrDefault(project, common);
    }

    private List<Target> targets(PoolName name, Registration registration) {
        return nodes.targets(name, registration.connection(), surroundings.watch());
    }

    void checkBudget() {
        if (!budget.isLimited()) {
            return;
        }
        List<PlannedPool> planned = registrations.all().stream()
                .map(known -> new PlannedPool(
                        known.connection().database(),
                        known.connection().user(),
                        settings(known.connection().database()).max()))
                .toList();
        new BudgetAtStart(budget, registrations.all(), planned)
                .run(
                        known -> targets(
                                new PoolName(
                                        known.connection().database(),
                                        known.connection().user(),
                                        false),
                                known),
                        nodes.primaries());
    }

    private void requireOpen() {
        if (closed) {
            throw new RegistryClosedException();
        }
    }

    /**
     * Closes the pools of a project, as {@link #close()} does. The next use creates them again.
     *
     * @param project the project
     */
    public void close(String project) {
        closeAll(name -> name.project().equals(project));
    }

    /**
     * Closes the pools of a project for one of its users, as {@link #close()} does. The next use creates them again.
     *
     * @param project the project
     * @param user the user
     */
    public void close(String project, String user) {
        closeAll(name -> name.project().equals(project) && name.user().equals(user));
    }

    /**
     * Closes the pools of a dropped project, as {@link #close()} does, and removes its registrations. You can register
     * the project again.
     *
     * @param project the project
     */
    public void unregister(String project) {
        synchronized (opening) {
            registrations.remove(project);
        }
        close(project);
    }

    /**
     * Closes all pools. The pools lend no more connections and close idle connections at once. They close a borrowed
     * connection when it is returned, or abort it when the grace period is over. Returns when all are closed.
     */
    @Override
    public void close() {
        synchronized (opening) {
            if (!closed) {
                endOfBudgetMeters.run();
            }
            closed = true;
        }
        closeAll(name -> true);
        housekeeping.close();
    }

    private void closeAll(Predicate<PoolName> which) {
        List<ProjectPool> closing;
        synchronized (opening) {
            closing = pools.values().stream()
                    .filter(pool -> which.test(pool.name()))
                    .toList();
            closing.forEach(pool -> {
                pools.remove(pool.name());
                // From now on, another pool may have this name.
                pool.running().unpublish();
            });
        }
        new ClosingPools(closing.stream().map(ProjectPool::running).toList(), housekeeping.closing()).close(grace);
    }
}

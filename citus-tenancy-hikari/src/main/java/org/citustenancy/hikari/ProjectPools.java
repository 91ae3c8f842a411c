package org.citustenancy.hikari;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.errors.RegistryClosedException;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.capacity.PlannedPool;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.connections.Targets;
import org.citustenancy.hikari.internal.hikari.Housekeeping;
import org.citustenancy.hikari.internal.hikari.RunningPool;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.users.Secret;

/**
 * A pool for each project and user, made when it is first used, and all of them within one budget of connections.
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
 * <p>Waiting is fair among projects. One that holds no connection is served in the order in which it came, before all that
 * hold some; so of {@code n} projects that wait at a budget of {@code b}, the last one gets a connection after {@code n / b}
 * rounds at most, each as long as the longest loan, plus at most 2 s for which a connection may be used before it is passed
 * on, plus the time to close and open one. What is guaranteed to a project is there at once. Within a project's pool HikariCP
 * hands connections to those who wait, though a thread that comes at that moment may be quicker.
 *
 * <p>Safe for use by several threads.
 */
public final class ProjectPools implements AutoCloseable {

    private final ConnectionBudget budget;
    private final PoolSettings common;
    private final Map<String, PoolSettings> ofProjects;
    private final NodeSpread spread;
    private volatile List<NodeAddress> workers;
    private final Duration grace;
    private final Registrations registrations;
    private final Housekeeping housekeeping = new Housekeeping();
    private final RunningPool.Surroundings surroundings;
    private final Map<PoolName, ProjectPool> pools = new ConcurrentHashMap<>();
    private final ProjectScopes scopes = new ProjectScopes(this);
    private final Object opening = new Object();
    private volatile boolean closed;

    ProjectPools(
            ConnectionBudget budget,
            PoolSettings common,
            Map<String, PoolSettings> ofProjects,
            NodeSpread spread,
            List<NodeAddress> workers,
            PoolMetrics metrics,
            Duration grace,
            List<Registration> registrations) {
        this.budget = budget;
        this.common = common;
        this.ofProjects = Map.copyOf(ofProjects);
        this.spread = spread;
        this.workers = List.copyOf(workers);
        this.grace = grace;
        this.registrations = new Registrations(registrations);
        this.surroundings = new RunningPool.Surroundings(
                housekeeping, new Ledger(budget, housekeeping.budget()), new NodeWatch(housekeeping.pools()), metrics);
    }

    /**
     * A registry of pools, to be described and then opened.
     *
     * @return a builder, which does nothing before {@link ProjectPoolsBuilder#open()}
     */
    public static ProjectPoolsBuilder builder() {
        return new ProjectPoolsBuilder();
    }

    /**
     * Makes a project known at run time, for one of its users. If it is known already, the password is changed.
     *
     * @param connection the project's connection, with the password
     * @throws org.citustenancy.errors.NotFoundException if it has no password
     * @throws RegistryClosedException if the registry is closed
     */
    public void register(ConnectionInfo connection) {
        requireOpen();
        registrations.add(new Registration(connection, new Login(connection.user(), connection.password())));
    }

    /**
     * Makes a project known at run time, for one of its users, whose password comes from elsewhere.
     *
     * @param connection the project's connection
     * @param password supplies the password of each new connection; must return quickly
     * @throws RegistryClosedException if the registry is closed
     */
    public void register(ConnectionInfo connection, Supplier<Secret> password) {
        requireOpen();
        registrations.add(new Registration(connection, new Login(connection.user(), password)));
    }

    /**
     * The pool of a project for one of its users, made now if it is not open.
     *
     * @param project the project
     * @param user the user
     * @return the pool
     * @throws org.citustenancy.errors.NotFoundException if they are not registered; the message says who is
     * @throws org.citustenancy.errors.InvalidRequestException if its settings are impossible
     * @throws RegistryClosedException if the registry is closed
     */
    public ProjectPool pool(String project, String user) {
        return pool(new PoolName(project, user, false));
    }

    /**
     * The pool of a project for reads of one of its users. Its connections spread over all nodes, and their transactions
     * are read-only.
     *
     * @param project the project
     * @param user the user
     * @return another pool than {@link #pool}, from the same part of the budget
     * @throws org.citustenancy.errors.NotFoundException if they are not registered; the message says who is
     * @throws RegistryClosedException if the registry is closed
     */
    public ProjectPool readPool(String project, String user) {
        return pool(new PoolName(project, user, true));
    }

    /**
     * The data source of {@link #pool}.
     *
     * @param project the project
     * @param user the user
     * @return lends connections
     */
    public DataSource dataSource(String project, String user) {
        return pool(project, user).dataSource();
    }

    /**
     * The project of the current scope.
     *
     * @return the scopes of this registry
     */
    public ProjectScopes scopes() {
        return scopes;
    }

    /**
     * The pools that are open.
     *
     * @return a copy, in the order of their names
     */
    public List<ProjectPool> pools() {
        return pools.values().stream()
                .sorted(Comparator.comparing(ProjectPool::name))
                .toList();
    }

    /**
     * Who holds the connections of the budget, and who waits.
     *
     * @return the use at this moment
     */
    public BudgetUse use() {
        return surroundings.ledger().use();
    }

    /**
     * Follows a changed password of a user in all projects: new connections use the new one, and those that are open are
     * replaced when they are idle. With {@link ProjectPoolsBuilder#cluster} this happens by itself for what is
     * changed through that cluster.
     *
     * @param user the user
     * @param password the new password
     */
    public void passwordChanged(String user, Secret password) {
        registrations.passwordChanged(user, password);
    }

    /**
     * Follows workers that joined or left: the pools that spread over the nodes have their part of connections on each of
     * these and on the coordinator, and give up those elsewhere when they are idle. With
     * {@link ProjectPoolsBuilder#cluster} this happens by itself for what is changed through that cluster.
     *
     * @param addresses the workers, where the application reaches them
     */
    public void workersChanged(List<NodeAddress> addresses) {
        synchronized (opening) {
            if (closed) {
                return;
            }
            workers = List.copyOf(addresses);
            pools.values().stream().filter(pool -> isAnywhere(pool.name())).forEach(pool -> registrations
                    .find(pool.name().project(), pool.name().user())
                    .ifPresent(known -> pool.running().spread(targets(known, true))));
            surroundings
                    .watch()
                    .retain(
                            workers,
                            registrations.all().stream()
                                    .map(known -> new NodeAddress(
                                            known.connection().host(),
                                            known.connection().port()))
                                    .toList());
        }
    }

    private ProjectPool pool(PoolName name) {
        requireOpen();
        ProjectPool open = pools.get(name);
        return open != null ? open : opened(name);
    }

    private ProjectPool opened(PoolName name) {
        Registration registration = registrations.get(name.project(), name.user());
        synchronized (opening) {
            requireOpen();
            ProjectPool other = pools.get(name);
            if (other != null) {
                return other;
            }
            PoolSettings settings = settings(name.project());
            if (settings.hasServerTimeouts() || name.reads()) {
                Targets.refuseOwnSessionOptions(registration.connection());
            }
            ProjectPool pool = new ProjectPool(
                    name, registration.login(), settings, targets(registration, isAnywhere(name)), surroundings);
            pools.put(name, pool);
            return pool;
        }
    }

    private PoolSettings settings(String project) {
        return ofProjects.getOrDefault(project, common);
    }

    private boolean isAnywhere(PoolName name) {
        return name.reads() || spread == NodeSpread.ANY_NODE;
    }

    private List<Target> targets(Registration registration, boolean anywhere) {
        return anywhere
                ? Targets.everyNode(registration.connection(), workers, surroundings.watch())
                : Targets.coordinator(registration.connection());
    }

    void checkBudget() {
        if (!budget.isLimited()) {
            return;
        }
        boolean anywhere = spread == NodeSpread.ANY_NODE;
        List<PlannedPool> planned = registrations.all().stream()
                .map(known -> new PlannedPool(
                        known.connection().database(),
                        known.connection().user(),
                        settings(known.connection().database()).max()))
                .toList();
        new BudgetAtStart(budget, registrations.all(), planned)
                .run(known -> targets(known, anywhere), anywhere ? workers.size() + 1 : 1);
    }

    private void requireOpen() {
        if (closed) {
            throw new RegistryClosedException();
        }
    }

    /**
     * Closes the pools of a project, as {@link #close()} does. They are made again when they are used again.
     *
     * @param project the project
     */
    public void close(String project) {
        closeAll(name -> name.project().equals(project));
    }

    /**
     * Closes the pools of a project for one of its users, as {@link #close()} does. They are made again when they are used
     * again.
     *
     * @param project the project
     * @param user the user
     */
    public void close(String project, String user) {
        closeAll(name -> name.project().equals(project) && name.user().equals(user));
    }

    /**
     * Closes the pools of a project, as {@link #close()} does, and forgets its users: for a project that was dropped. It can
     * be registered again.
     *
     * @param project the project
     */
    public void unregister(String project) {
        registrations.remove(project);
        close(project);
    }

    /**
     * Closes all pools: nothing more is lent, what is idle is closed at once, and what is lent when it comes back, or when
     * the grace is over. Returns when all are closed.
     */
    @Override
    public void close() {
        synchronized (opening) {
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
            closing.forEach(pool -> pools.remove(pool.name()));
        }
        closing.forEach(pool -> pool.running().beginClosing());
        long end = RunningPool.end(grace);
        closing.forEach(pool -> pool.running().close(end));
    }
}

package org.citustenancy.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.citustenancy.CitusCluster;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.nodes.Standby;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** Builds a registry of pools. */
public final class ProjectPoolsBuilder {

    private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

    private final List<Registration> registrations = new ArrayList<>();
    private final Map<String, UnaryOperator<PoolSettingsBuilder>> ofProjects = new HashMap<>();
    private ConnectionBudget budget = ConnectionBudget.unlimited();
    private PoolSettings settings = PoolSettings.guide();
    private NodeSpread spread = NodeSpread.COORDINATOR;
    private @Nullable List<NodeAddress> workers;
    private @Nullable List<Standby> standbys;
    private Optional<Duration> maxLag = Optional.empty();
    private Function<Node, NodeAddress> address = node -> new NodeAddress(node.host(), node.port());
    private PoolMetrics metrics = PoolMetrics.NONE;
    private Duration grace = Duration.ofSeconds(10);
    private Function<String, Optional<Failure>> unavailable = project -> Optional.empty();
    private @Nullable CitusCluster cluster;

    ProjectPoolsBuilder() {}

    /**
     * Follows a cluster: the registry uses the cluster's workers, and applies passwords and workers that are changed
     * through it.
     *
     * @param followed the cluster
     * @return this builder
     */
    public ProjectPoolsBuilder cluster(CitusCluster followed) {
        this.cluster = followed;
        return this;
    }

    /**
     * Registers a project for one of its users. The registry opens no connection before the first use.
     *
     * @param connection the project's connection, with the password
     * @return this builder
     * @throws org.citustenancy.errors.NotFoundException if it has no password
     */
    public ProjectPoolsBuilder project(ConnectionInfo connection) {
        registrations.add(new Registration(connection, new Login(connection.user(), connection.password())));
        return this;
    }

    /**
     * Registers a project for one of its users, with a supplier of the password.
     *
     * @param connection the project's connection
     * @param password supplies the password of each new connection; must return quickly
     * @return this builder
     */
    public ProjectPoolsBuilder project(ConnectionInfo connection, Supplier<Secret> password) {
        registrations.add(new Registration(connection, new Login(connection.user(), password)));
        return this;
    }

    /**
     * Sets the number of connections that all pools together may hold. Without a budget, each pool may hold its
     * {@code max}.
     *
     * @param declared the budget
     * @return this builder
     */
    public ProjectPoolsBuilder budget(ConnectionBudget declared) {
        this.budget = declared;
        return this;
    }

    /**
     * Sets the settings of all pools without settings of their own; {@link PoolSettings#guide()} by default.
     *
     * @param common the settings
     * @return this builder
     */
    public ProjectPoolsBuilder settings(PoolSettings common) {
        this.settings = common;
        return this;
    }

    /**
     * Changes settings for the pools of one project.
     *
     * <pre>{@code
     * builder.settings("analytics", settings -> settings.max(5).statementTimeoutMillis(60_000))
     * }</pre>
     *
     * @param project the project
     * @param change is applied to the common settings
     * @return this builder
     */
    public ProjectPoolsBuilder settings(String project, UnaryOperator<PoolSettingsBuilder> change) {
        ofProjects.put(project, change);
        return this;
    }

    /**
     * Sets the nodes over which a project's connections are distributed; {@link NodeSpread#COORDINATOR} by default.
     * Read pools always use all nodes.
     *
     * @param chosen the spread
     * @return this builder
     */
    public ProjectPoolsBuilder spread(NodeSpread chosen) {
        this.spread = chosen;
        return this;
    }

    /**
     * Sets the workers' addresses, as the application reaches them. By default the registry reads them from the cluster
     * and follows its changes.
     *
     * @param addresses their addresses
     * @return this builder
     */
    public ProjectPoolsBuilder workers(List<NodeAddress> addresses) {
        this.workers = List.copyOf(addresses);
        return this;
    }

    /**
     * Lets read pools use the standby of the coordinator, too, while all standbys are at most this far behind. Its
     * sessions read the standbys of the workers ({@code citus.use_secondary_nodes = always}). A read may miss what was
     * committed within this time before it. The standbys are the cluster's registered secondaries, or those of {@link
     * #standbys}.
     *
     * <pre>{@code
     * builder.cluster(cluster).readStandbys(Duration.ofSeconds(5))
     * }</pre>
     *
     * <p>The coordinator and each worker need exactly one standby, and the users the right to set the parameter
     * (PostgreSQL 15 or later): {@code GRANT SET ON PARAMETER citus.use_secondary_nodes TO PUBLIC}, once on the
     * coordinator. Otherwise read pools use primaries, and the registry logs why.
     *
     * <p>The registry checks the standbys four times within this time, with short sessions of a project's user. If one
     * of them is further behind, or its primary has not answered for this long, the coordinator's standby gets no more
     * connections, and idle ones are closed. A read may be older by the time of one check, and on a connection that is
     * borrowed for longer.
     *
     * @param lag at least one second
     * @return this builder
     * @throws InvalidRequestException if it is shorter
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_guc.html#citus-use-secondary-nodes-enum">
     *     citus.use_secondary_nodes</a>
     */
    public ProjectPoolsBuilder readStandbys(Duration lag) {
        if (lag.compareTo(SHORTEST_LAG) < 0) {
            throw new InvalidRequestException(
                    Failure.of("A lag of " + lag.toMillis() + " ms is too short to be measured")
                            .fix("give at least " + SHORTEST_LAG.toMillis() + " ms, or read from primaries"));
        }
        this.maxLag = Optional.of(lag);
        return this;
    }

    /**
     * Sets the standbys for {@link #readStandbys}. By default the registry reads the registered secondaries from the
     * cluster and follows its changes.
     *
     * @param addresses standbys of the coordinator and of the workers
     * @return this builder
     */
    public ProjectPoolsBuilder standbys(List<Standby> addresses) {
        this.standbys = List.copyOf(addresses);
        return this;
    }

    /**
     * Sets the translation of a worker's address to the address at which the application reaches it. By default they
     * are the same.
     *
     * @param translation from the cluster's node to an address
     * @return this builder
     */
    public ProjectPoolsBuilder nodeAddress(Function<Node, NodeAddress> translation) {
        this.address = translation;
        return this;
    }

    /**
     * Sets the target of the pools' metrics; none by default.
     *
     * @param target the target
     * @return this builder
     */
    public ProjectPoolsBuilder metrics(PoolMetrics target) {
        this.metrics = target;
        return this;
    }

    /**
     * Sets how long closing waits for borrowed connections before it aborts them; 10 s by default.
     *
     * @param time the grace period
     * @return this builder
     */
    public ProjectPoolsBuilder closingGrace(Duration time) {
        this.grace = time;
        return this;
    }

    /**
     * Sets which projects are not available at the moment, for example until their migrations are done. All pools of such
     * a project throw {@link org.citustenancy.hikari.errors.ProjectUnavailableException} instead of lending a connection.
     * Connections that are already borrowed are not affected.
     *
     * <pre>{@code
     * builder.availability(project -> migrated.contains(project)
     *         ? Optional.empty()
     *         : Optional.of(Failure.of("its migrations are not done").fix("wait for them")))
     * }</pre>
     *
     * @param reason returns why the project of this name is not available, and empty if it is; called for each
     * connection that a thread requests, so it must return at once
     * @return this builder
     */
    public ProjectPoolsBuilder availability(Function<String, Optional<Failure>> reason) {
        this.unavailable = reason;
        return this;
    }

    /**
     * Opens the registry. If a budget is declared and one of the projects is reachable, checks the budget against the
     * server's limits; if none is reachable, logs that.
     *
     * @return the registry
     * @throws org.citustenancy.errors.InvalidRequestException if the budget does not fit the server, or settings are
     * impossible
     */
    public ProjectPools open() {
        PoolNodes nodes = new PoolNodes(
                spread,
                Objects.requireNonNullElse(workers, List.of()),
                Objects.requireNonNullElse(standbys, List.of()),
                maxLag);
        if (cluster != null && (workers == null || (standbys == null && maxLag.isPresent()))) {
            nodes = followed(nodes, cluster.topology());
        }
        Map<String, PoolSettings> changed = new HashMap<>();
        ofProjects.forEach((project, change) ->
                changed.put(project, change.apply(settings.with()).build()));
        ProjectPools pools =
                new ProjectPools(budget, settings, changed, nodes, metrics, grace, unavailable, registrations);
        try {
            pools.checkBudget();
        } catch (RuntimeException refused) {
            pools.close();
            throw refused;
        }
        if (cluster != null) {
            cluster.onPasswordChange((user, password, projects) -> pools.passwordChanged(user, password));
            cluster.onTopologyChange(topology -> pools.nodesChanged(former -> followed(former, topology)));
        }
        return pools;
    }

    /** Returns the nodes of a topology, except those that were given to this builder. */
    private PoolNodes followed(PoolNodes former, Topology topology) {
        PoolNodes nodes = former;
        if (workers == null) {
            nodes = nodes.withWorkers(topology.workers().stream().map(address).toList());
        }
        if (standbys == null) {
            nodes = nodes.withStandbys(topology.secondaries().entrySet().stream()
                    .flatMap(node ->
                            node.getValue().stream().map(secondary -> standby(topology, node.getKey(), secondary)))
                    .toList());
        }
        return nodes;
    }

    private Standby standby(Topology topology, Node primary, Node secondary) {
        NodeAddress there = address.apply(secondary);
        return primary.equals(topology.coordinator())
                ? Standby.ofCoordinator(there)
                : Standby.ofWorker(there, address.apply(primary));
    }
}

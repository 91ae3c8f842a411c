package org.citustenancy.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.citustenancy.CitusCluster;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/** Builds a registry of pools. */
public final class ProjectPoolsBuilder {

    private final List<Registration> registrations = new ArrayList<>();
    private final Map<String, UnaryOperator<PoolSettingsBuilder>> ofProjects = new HashMap<>();
    private ConnectionBudget budget = ConnectionBudget.unlimited();
    private PoolSettings settings = PoolSettings.guide();
    private NodeSpread spread = NodeSpread.COORDINATOR;
    private @Nullable List<NodeAddress> workers;
    private Function<Node, NodeAddress> address = node -> new NodeAddress(node.host(), node.port());
    private PoolMetrics metrics = PoolMetrics.NONE;
    private Duration grace = Duration.ofSeconds(10);
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
     * Opens the registry. If a budget is declared and one of the projects is reachable, checks the budget against the
     * server's limits; if none is reachable, logs that.
     *
     * @return the registry
     * @throws org.citustenancy.errors.InvalidRequestException if the budget does not fit the server, or settings are
     * impossible
     */
    public ProjectPools open() {
        List<NodeAddress> known =
                workers != null ? workers : cluster == null ? List.of() : addresses(cluster.topology());
        Map<String, PoolSettings> changed = new HashMap<>();
        ofProjects.forEach((project, change) ->
                changed.put(project, change.apply(settings.with()).build()));
        ProjectPools pools = new ProjectPools(budget, settings, changed, spread, known, metrics, grace, registrations);
        try {
            pools.checkBudget();
        } catch (RuntimeException refused) {
            pools.close();
            throw refused;
        }
        if (cluster != null) {
            cluster.onPasswordChange((user, password, projects) -> pools.passwordChanged(user, password));
            if (workers == null) {
                cluster.onTopologyChange(topology -> pools.workersChanged(addresses(topology)));
            }
        }
        return pools;
    }

    private List<NodeAddress> addresses(Topology topology) {
        return topology.workers().stream().map(address).toList();
    }
}

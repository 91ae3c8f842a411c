package org.citustenancy.spring.internal.beans;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.citustenancy.CitusCluster;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectPoolsBuilder;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.Standby;
import org.citustenancy.spring.ProjectPoolsBuilderCustomizer;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.definition.UserDefinition;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;

/** Opens the registry of pools with all users of all projects, regardless of whether the cluster is available. */
public final class PoolsOfProjects {

    private final Definitions definitions;
    private final ClusterConnection cluster;
    private final ProjectStart start;
    private final CitusTenancyProperties properties;

    /**
     * Opens nothing.
     *
     * @param start decides which projects may be used
     * @param properties contain the nodes that pools use
     */
    public PoolsOfProjects(
            Definitions definitions, ClusterConnection cluster, ProjectStart start, CitusTenancyProperties properties) {
        this.properties = properties;
        this.definitions = definitions;
        this.cluster = cluster;
        this.start = start;
    }

    /**
     * Opens the registry. Once the cluster is connected, the registry follows its changes of passwords and workers.
     *
     * @param metrics the target of the pools' metrics
     * @param customizers change the registry after the properties
     * @return the registry
     */
    public ProjectPools open(PoolMetrics metrics, List<ProjectPoolsBuilderCustomizer> customizers) {
        ProjectPoolsBuilder builder = ProjectPools.builder()
                .budget(definitions.budget())
                .settings(definitions.pool())
                .spread(properties.spread())
                .metrics(metrics)
                .availability(availability());
        Duration maxLag = properties.readPool().maxLag();
        if (maxLag != null) {
            builder.readStandbys(maxLag);
        }
        for (ProjectDefinition project : definitions.projects()) {
            builder.settings(project.database(), common -> project.pool().with());
            for (UserDefinition user : project.users()) {
                if (user.level() != AccessLevel.NONE) {
                    builder.project(
                            cluster.connection(project, user),
                            user.currentPassword().orElseThrow());
                }
            }
        }
        customizers.forEach(customizer -> customizer.customize(builder));
        ProjectPools pools = builder.open();
        cluster.whenConnected(connected -> follow(connected, pools));
        return pools;
    }

    private Function<String, Optional<Failure>> availability() {
        Map<String, String> keys = definitions.projects().stream()
                .collect(Collectors.toMap(ProjectDefinition::database, ProjectDefinition::key));
        return database -> Optional.ofNullable(keys.get(database)).flatMap(start::refusal);
    }

    private static void follow(CitusCluster cluster, ProjectPools pools) {
        nodesChanged(pools, cluster.topology());
        cluster.onPasswordChange((user, password, projects) -> pools.passwordChanged(user, password));
        cluster.onTopologyChange(topology -> nodesChanged(pools, topology));
    }

    private static void nodesChanged(ProjectPools pools, Topology topology) {
        pools.workersChanged(
                topology.workers().stream().map(PoolsOfProjects::address).toList());
        pools.standbysChanged(topology.secondaries().entrySet().stream()
                .flatMap(node -> node.getValue().stream().map(secondary -> standby(topology, node.getKey(), secondary)))
                .toList());
    }

    private static Standby standby(Topology topology, Node primary, Node secondary) {
        return primary.equals(topology.coordinator())
                ? Standby.ofCoordinator(address(secondary))
                : Standby.ofWorker(address(secondary), address(primary));
    }

    private static NodeAddress address(Node node) {
        return new NodeAddress(node.host(), node.port());
    }
}

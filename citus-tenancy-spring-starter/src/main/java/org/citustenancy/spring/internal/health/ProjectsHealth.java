package org.citustenancy.spring.internal.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.HealthProperties.Decisive;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.contributor.Status;

/** The health of each project under its key, of the nodes, and of the failover monitor. */
public final class ProjectsHealth implements CompositeHealthContributor {

    /**
     * A status that is not in Spring Boot's order of statuses, and therefore has no effect on the application's status.
     */
    public static final Status DOWN_ALONE =
            new Status("DOWN_ALONE", "It is down, which does not make the application be down");

    private static final String NODES = "nodes";
    private static final String FAILOVER = "failover";

    private final Map<String, HealthContributor> contributors = new LinkedHashMap<>();

    /**
     * Creates the health of all projects.
     *
     * @param services the services that the application runs, absent if there are none
     * @param start the outcome of the projects' start
     * @param downWith the projects or nodes whose failure sets the application down
     */
    public ProjectsHealth(
            Definitions definitions,
            ClusterConnection cluster,
            Optional<ClusterServices> services,
            ProjectStart start,
            ProjectPools pools,
            Decisive downWith) {
        for (ProjectDefinition project : definitions.projects()) {
            boolean decisive = downWith == Decisive.ANY
                    || (downWith == Decisive.PRIMARY
                            && definitions
                                    .primary()
                                    .filter(project.key()::equals)
                                    .isPresent());
            contributors.put(
                    project.key(), new ProjectHealth(project, start, pools, decisive ? Status.DOWN : DOWN_ALONE));
        }
        Status ofNodes = downWith == Decisive.ANY ? Status.DOWN : DOWN_ALONE;
        contributors.put(NODES, new NodesHealth(cluster, ofNodes));
        services.ifPresent(running -> running.failover()
                .ifPresent(options -> contributors.put(FAILOVER, new FailoverHealth(running, options, ofNodes))));
    }

    @Override
    public @Nullable HealthContributor getContributor(String name) {
        return contributors.get(name);
    }

    @Override
    public Stream<HealthContributors.Entry> stream() {
        return contributors.entrySet().stream()
                .map(each -> new HealthContributors.Entry(each.getKey(), each.getValue()));
    }
}

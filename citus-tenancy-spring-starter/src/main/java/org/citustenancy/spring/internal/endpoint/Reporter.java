package org.citustenancy.spring.internal.endpoint;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.endpoint.ProjectReport.OneStep;
import org.citustenancy.spring.internal.endpoint.ProjectsReport.OneCluster;
import org.citustenancy.spring.internal.endpoint.ProjectsReport.OneNode;
import org.citustenancy.spring.internal.endpoint.ProjectsReport.OneProject;
import org.citustenancy.spring.internal.figures.FiguresCache;
import org.citustenancy.spring.internal.figures.Snapshot;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.Total;
import org.citustenancy.statistics.UnansweredNode;

/** Assembles the reports of the endpoint. */
public final class Reporter {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Definitions definitions;
    private final ClusterConnection connection;
    private final ProjectStart start;
    private final ProjectPools pools;
    private final FiguresCache figures;

    /**
     * Creates a reporter.
     *
     * @param connection the cluster, queried only if the application connected to it before
     * @param start the outcome of the projects' start
     */
    public Reporter(
            Definitions definitions,
            ClusterConnection connection,
            ProjectStart start,
            ProjectPools pools,
            FiguresCache figures) {
        this.definitions = definitions;
        this.connection = connection;
        this.start = start;
        this.pools = pools;
        this.figures = figures;
    }

    ProjectsReport projects() {
        Snapshot snapshot = figures.latestWithin(PATIENCE);
        Map<String, OneProject> projects = new LinkedHashMap<>();
        definitions.projects().forEach(project -> projects.put(project.key(), one(project, snapshot)));
        return new ProjectsReport(projects, cluster(snapshot));
    }

    Optional<ProjectReport> project(String key) {
        return definitions.projects().stream()
                .filter(project -> project.key().equals(key))
                .findFirst()
                .map(this::detailed);
    }

    /** Reconciles a project with the configuration. */
    ProvisioningResult repair(String key) {
        ProjectDefinition project = definitions.project(key);
        CitusCluster cluster = connection
                .ifConnected()
                .orElseThrow(() -> new ConflictException(
                        Failure.of("The administrator's account is not used with citus-tenancy.start.mode=none")
                                .fix("start the application with another mode")));
        return project.request(cluster).create().result().orElseThrow();
    }

    private ProjectReport detailed(ProjectDefinition project) {
        OneProject shown = one(project, figures.latestWithin(PATIENCE));
        Optional<CitusCluster> cluster = connection.ifConnected();
        if (cluster.isEmpty()) {
            return new ProjectReport(shown, null, "The application has not connected to the cluster yet");
        }
        try {
            List<OneStep> plan = project.request(cluster.get()).plan().steps().stream()
                    .map(step -> new OneStep(step.node().toString(), step.database(), step.description()))
                    .toList();
            return new ProjectReport(shown, plan, null);
        } catch (CitusTenancyException unknown) {
            return new ProjectReport(shown, null, unknown.failure().toString());
        }
    }

    private OneProject one(ProjectDefinition project, Snapshot snapshot) {
        Optional<ProjectFigures> known = snapshot.figures().flatMap(all -> all.project(project.database()));
        return new OneProject(
                project.database(),
                project.owner().name(),
                project.user().name(),
                start.failure(project.key()).isEmpty(),
                start.failure(project.key())
                        .map(failure -> failure.failure().toString())
                        .orElse(null),
                known.flatMap(ProjectFigures::state).map(Enum::name).orElse(null),
                known.flatMap(ProjectFigures::size).map(Total::value).orElse(null),
                known.flatMap(ProjectFigures::connections).map(Total::value).orElse(null),
                snapshot.shards().get(project.database()),
                pools.pool(project.database(), project.user().name()).figures());
    }

    private static OneCluster cluster(Snapshot snapshot) {
        return new OneCluster(
                snapshot.at().orElse(null),
                snapshot.problem().orElse(null),
                snapshot.figures().stream()
                        .flatMap(all -> all.unanswered().stream())
                        .map(UnansweredNode::toString)
                        .toList(),
                snapshot.capacity().map(Capacity::moreProjects).orElse(null),
                snapshot.capacity().map(room -> room.toRaiseFor(1)).orElse(List.of()),
                snapshot.figures().map(ClusterFigures::nodes).orElse(List.of()).stream()
                        .map(node -> new OneNode(
                                node.node().address(),
                                node.sessions().seen(),
                                node.maxConnections(),
                                node.freeConnections()))
                        .toList());
    }
}

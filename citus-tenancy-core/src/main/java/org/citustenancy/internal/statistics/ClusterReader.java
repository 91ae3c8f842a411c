package org.citustenancy.internal.statistics;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.ProjectOnNode;
import org.citustenancy.statistics.StorageOnNode;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Reads the figures of a cluster. */
public final class ClusterReader {

    private final Cluster cluster;
    private final QueryLimits limits;

    /**
     * Creates a reader.
     *
     * @param limits the load on the cluster and the time limit
     */
    public ClusterReader(Cluster cluster, QueryLimits limits) {
        this.cluster = cluster;
        this.limits = limits;
    }

    private record Shared(Topology topology, ClusterFigures figures, ProjectUse use) {}

    private record OnNode(SharedFigures figures, ProjectUse.DatabasesInUse inUse) {}

    /**
     * Returns the figures that need no session in each project.
     *
     * @return the figures, without contents
     */
    public ClusterFigures overview() {
        return shared().figures();
    }

    /**
     * Returns all figures. A project without a daemon on any node that answers has the last known contents, because a
     * look inside would wake it.
     *
     * @return the figures, with the contents of the projects that are managed here
     */
    public ClusterFigures figures() {
        Shared shared = shared();
        ClusterFigures figures = shared.figures();
        Map<String, ProjectContents> last = lastContents();
        List<ProjectFigures> projects = new ParallelTasks(cluster.threads(), limits.parallelism())
                        .each(
                                figures.projects(),
                                project -> shared.topology().citus()
                                                && shared.use().isSuspended(project.name())
                                        ? ofSuspended(project, shared.topology(), last)
                                        : look(project, shared.topology()))
                        .stream()
                        .flatMap(Optional::stream)
                        .toList();
        return new ClusterFigures(figures.at(), figures.nodes(), figures.unanswered(), projects, figures.unmanaged());
    }

    private Map<String, ProjectContents> lastContents() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            return LastContents.all(maintenance);
        }
    }

    private Optional<ProjectFigures> ofSuspended(
            ProjectFigures project, Topology topology, Map<String, ProjectContents> last) {
        Optional<ProjectContents> known = Optional.ofNullable(last.get(project.name()))
                .filter(contents -> sizes(project).equals(sizes(contents)));
        if (known.isPresent()) {
            return known.map(project::with);
        }
        Optional<ProjectFigures> seen = look(project, topology);
        seen.flatMap(ProjectFigures::contents)
                .filter(contents -> contents.unanswered().isEmpty())
                .ifPresent(contents -> save(project.name(), contents));
        return seen;
    }

    private void save(String project, ProjectContents contents) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            LastContents.save(maintenance, Map.of(project, contents));
        }
    }

    /** A project that was used after its contents were saved, and has no daemon since a restart, has another size. */
    private static Map<Node, OptionalLong> sizes(ProjectFigures project) {
        return project.nodes().stream().collect(Collectors.toMap(ProjectOnNode::node, ProjectOnNode::size));
    }

    private static Map<Node, OptionalLong> sizes(ProjectContents contents) {
        return contents.storage().stream().collect(Collectors.toMap(StorageOnNode::node, StorageOnNode::size));
    }

    private Shared shared() {
        String database = cluster.maintenanceDatabase();
        NodeSurvey survey = limits.survey(cluster, database);
        Instant at = Instant.now();
        try (Session registry = cluster.sessions().maintenance(cluster.deadline());
                Session session = survey.open()) {
            Topology topology = TopologyReader.read(registry, cluster.requireCitus());
            Set<String> before = names(registered(registry));
            SurveyAnswers<OnNode> answers = survey.ask(
                    session,
                    topology,
                    SharedFigures.question(Optional.empty()).and(ProjectUse.question(), OnNode::new));
            List<RegisteredProject> after = registered(registry);
            // A database that was dropped between both reads is neither a project any more nor an unmanaged database.
            before.removeAll(names(after));
            before.add(database);
            return new Shared(
                    topology,
                    new FiguresAssembly(answers.map(OnNode::figures)).cluster(at, after, before),
                    new ProjectUse(answers.map(OnNode::inUse).answers()));
        }
    }

    private static Set<String> names(List<RegisteredProject> projects) {
        return projects.stream().map(RegisteredProject::name).collect(Collectors.toCollection(HashSet::new));
    }

    private List<RegisteredProject> registered(Session session) {
        return cluster.registry(session).list();
    }

    /** Returns the figures with contents, absent if the project was dropped meanwhile. */
    private Optional<ProjectFigures> look(ProjectFigures project, Topology topology) {
        ContentsReader reader = new ContentsReader(project.name(), topology.citus());
        NodeSurvey survey = limits.survey(cluster, project.name());
        try (Session session = survey.open()) {
            ProjectContents contents = reader.read(session, survey.ask(session, topology, reader.question()));
            boolean less = contents.unanswered().size() > project.unanswered().size();
            return less && isGone(project.name()) ? Optional.empty() : Optional.of(project.with(contents));
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            return afterFailure(project, failure);
        }
    }

    private Optional<ProjectFigures> afterFailure(ProjectFigures project, CitusTenancyException failure) {
        String reason = failure.failure().toString();
        try {
            return isGone(project.name()) ? Optional.empty() : Optional.of(project.withProblem(reason));
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException another) {
            // A failure in both databases is a problem of this project only, not of all others.
            return Optional.of(project.withProblem(reason + "; " + another.failure()));
        }
    }

    private boolean isGone(String project) {
        try (Session session =
                limits.survey(cluster, cluster.maintenanceDatabase()).open()) {
            return registered(session).stream()
                    .noneMatch(known -> known.name().equals(project) && known.state() != ProjectState.DROPPING);
        }
    }
}

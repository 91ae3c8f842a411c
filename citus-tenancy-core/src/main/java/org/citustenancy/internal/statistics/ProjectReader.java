package org.citustenancy.internal.statistics;

import java.util.Optional;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Reads the figures of one project. */
public final class ProjectReader {

    private final Cluster cluster;
    private final QueryLimits limits;
    private final String project;
    private final Optional<Asker> asker;

    /**
     * The user of the query.
     *
     * @param user the user
     * @param password the user's password
     */
    public record Asker(String user, Secret password) {}

    /**
     * Creates a reader.
     *
     * @param limits how long to wait for a node
     * @param asker the user of the query; absent for the admin
     */
    public ProjectReader(Cluster cluster, QueryLimits limits, String project, Optional<Asker> asker) {
        this.cluster = cluster;
        this.limits = limits;
        this.project = project;
        this.asker = asker;
    }

    private record Known(Topology topology, Optional<ProjectState> state) {}

    /**
     * Returns all figures of the project.
     *
     * @return the figures, with its contents
     * @throws NotFoundException if there is no such database
     */
    public ProjectFigures figures() {
        Known known = known();
        ContentsReader contents = new ContentsReader(project, known.topology().citus());
        NodeSurvey survey = new NodeSurvey(this::open, cluster.threads(), limits.perNode());
        try (Session session = survey.open()) {
            contents.prepare(session);
            SurveyAnswers<ContentsReader.OnNode> answers = survey.ask(session, known.topology(), contents.question());
            return new FiguresAssembly(answers.map(ContentsReader.OnNode::shared))
                    .project(project, known.state())
                    .orElseThrow(() -> new NotFoundException(
                            Failure.of("No node reports the database \"" + project + "\": " + answers.unanswered())
                                    .where(Place.unknown().in(project))
                                    .fix("see whether it was dropped meanwhile")))
                    .with(contents.read(session, answers));
        }
    }

    private Known known() {
        try (Session session = cluster.sessions().maintenance(Deadline.in(limits.perNode()))) {
            return new Known(
                    TopologyReader.read(session, cluster.requireCitus()),
                    cluster.registry(session).list().stream()
                            .filter(known -> known.name().equals(project))
                            .map(known -> known.state())
                            .findFirst());
        }
    }

    private Session open(Deadline deadline) {
        return asker.map(user -> cluster.sessions().user(project, user.user(), user.password(), deadline))
                .orElseGet(() -> cluster.sessions().admin(project, deadline));
    }
}

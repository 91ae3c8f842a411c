package org.citustenancy.internal.planning;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.sql.CloningStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Plans the steps that close a project's database on every node while it is copied, and open it again. */
public final class SourceClosing {

    private final String project;
    private final Topology topology;
    private final ObservedProject observed;

    /**
     * Creates a planner.
     *
     * @param observed the state that the nodes report while the database is open
     */
    public SourceClosing(String project, Topology topology, ObservedProject observed) {
        this.project = project;
        this.topology = topology;
        this.observed = observed;
    }

    /**
     * Returns the steps that close the source. After them, it has no sessions, accepts none, and has no prepared
     * transactions.
     *
     * @param endSessions whether clients' sessions are ended; otherwise the step fails while there are any
     */
    public List<PlannedStep> close(boolean endSessions) {
        Stream<PlannedStep> clients = endSessions
                ? each(node -> Stream.of(
                        QuiesceSteps.onlySuperusers(node, DatabaseStatements.onlySuperusers(project)),
                        QuiesceSteps.endSessions(Stage.CLOSE, node, project),
                        QuiesceSteps.endLateSessions(node, project)))
                : Stream.empty();
        Stream<PlannedStep> prepared =
                topology.citus() ? each(node -> Stream.of(QuiesceSteps.finishPrepared(node))) : Stream.empty();
        Stream<PlannedStep> shut = each(node -> shut(node, endSessions).stream());
        return Stream.of(clients, prepared, shut).flatMap(steps -> steps).toList();
    }

    /** Returns the steps that open it again, with the same connection limit as before. */
    public List<PlannedStep> open() {
        return each(node -> Stream.of(PlannedStep.transactional(
                        Stage.DOORS,
                        node,
                        DatabaseStatements.open(project, limit(node)),
                        "open the database \"" + project + "\" again")))
                .toList();
    }

    private int limit(Node node) {
        return observed.on(node).database().orElseThrow().connectionLimit();
    }

    private List<PlannedStep> shut(Node node, boolean endSessions) {
        List<PlannedStep> steps = new ArrayList<>();
        steps.add(QuiesceSteps.shut(node, project));
        if (!endSessions) {
            steps.add(PlannedStep.transactional(
                    Stage.SHUT,
                    node,
                    CloningStatements.refuseClients(project),
                    "check that no client is connected to the database"));
        }
        steps.add(QuiesceSteps.endSessions(Stage.SHUT, node, project));
        steps.add(QuiesceSteps.refusePrepared(node, project));
        return steps;
    }

    private Stream<PlannedStep> each(Function<Node, Stream<PlannedStep>> steps) {
        return topology.nodes().stream().flatMap(steps);
    }
}

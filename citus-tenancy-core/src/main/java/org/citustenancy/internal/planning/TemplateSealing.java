package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.TemplateQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Plans the sealing of a template: it accepts no connections, and every copy of it is complete. */
public final class TemplateSealing {

    private final String project;
    private final Topology topology;

    /** Creates a planner. */
    public TemplateSealing(String project, Topology topology) {
        this.project = project;
        this.topology = topology;
    }

    /** Returns the steps inside the database. After them, copies need no correction and no transaction is prepared. */
    public List<PlannedStep> inside() {
        if (!topology.citus()) {
            return List.of();
        }
        Stream<PlannedStep> prepared = topology.nodes().stream().map(QuiesceSteps::finishPrepared);
        Stream<PlannedStep> itself = topology.nodes().stream()
                .map(node -> PlannedStep.transactional(
                        Stage.KNOWN_ROLES,
                        node,
                        CitusStatements.forgetItself(),
                        "let Citus not know the database as itself, so that a copy is right at once"));
        return Stream.concat(prepared, itself).toList();
    }

    /**
     * Returns the steps that close the template to connections and identify it by its comment.
     *
     * @param mark its contents, and the nodes that they are for
     * @param versions the version of Citus on each node, empty if there is none
     */
    public List<PlannedStep> shut(String mark, Map<Node, String> versions) {
        return topology.nodes().stream()
                .flatMap(node -> Stream.of(
                        QuiesceSteps.shut(node, project),
                        QuiesceSteps.endSessions(Stage.SHUT, node, project),
                        QuiesceSteps.refusePrepared(node, project),
                        PlannedStep.transactional(
                                Stage.SHUT,
                                node,
                                DatabaseStatements.comment(
                                        project,
                                        TemplateQueries.comment(mark, Objects.requireNonNull(versions.get(node)))),
                                "comment its purpose")))
                .toList();
    }

    /**
     * Returns the steps that mark the template as outdated. No more copies are made of it, and the next request creates
     * it again.
     */
    public List<PlannedStep> outdate() {
        return List.of(PlannedStep.transactional(
                Stage.SHUT,
                topology.coordinator(),
                DatabaseStatements.comment(project, TemplateQueries.OUTDATED),
                "say that it is out of date"));
    }
}

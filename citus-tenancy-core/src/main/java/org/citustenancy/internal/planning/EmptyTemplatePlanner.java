package org.citustenancy.internal.planning;

import static org.citustenancy.internal.sql.EmptyTemplateQueries.NAME;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citustenancy.internal.observing.ObservedEmptyTemplate;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.topology.Node;

/**
 * Plans an empty template on every node. An unfinished one is created again. The coordinator's is opened while another
 * node's is created, because the connection to that node uses it.
 */
public final class EmptyTemplatePlanner {

    private static final String CITUS = "citus";

    private final String owner;
    private final Map<Node, ObservedEmptyTemplate> observed;

    /**
     * Creates a planner.
     *
     * @param owner the role that owns the databases
     */
    public EmptyTemplatePlanner(String owner, Map<Node, ObservedEmptyTemplate> observed) {
        this.owner = owner;
        this.observed = observed;
    }

    /**
     * Returns the steps that create the databases, which still accept connections.
     *
     * @return the steps, none if every node has an empty template
     */
    public List<PlannedStep> make() {
        List<PlannedStep> steps = new ArrayList<>();
        for (Node node : touched()) {
            ObservedEmptyTemplate there = at(node);
            if (there.usable()) {
                steps.add(PlannedStep.transactional(
                        Stage.DOORS,
                        node,
                        DatabaseStatements.allowConnections(NAME, true),
                        "open the empty template for a moment"));
                carryAdminPassword(node).ifPresent(steps::add);
                continue;
            }
            if (there.admin().carryDatabases()) {
                steps.add(Propagation.ofNoDatabase(Stage.CLOSE, node));
            }
            if (there.present()) {
                steps.add(PlannedStep.standalone(
                        node.isCoordinator() ? Stage.DROP : Stage.DROP_ON_WORKERS,
                        node,
                        DatabaseStatements.drop(NAME),
                        "drop the empty template, which is not finished or of another version"));
            }
            steps.add(PlannedStep.standalone(
                    Stage.DATABASES,
                    node,
                    DatabaseStatements.createClosed(NAME, owner),
                    "create an empty template, to make others from"));
            steps.add(PlannedStep.transactional(
                    node.isCoordinator() ? Stage.CITUS : Stage.CITUS_ON_WORKERS,
                    node,
                    CitusStatements.createExtension(CITUS),
                    "create the extension citus"));
            carryAdminPassword(node).ifPresent(steps::add);
            steps.add(FunctionReconciler.fromPublic(node));
        }
        return PlannedStep.inOrder(steps);
    }

    /**
     * Returns the steps that reduce the new databases to the space that they need. Every copy would take the same
     * space.
     *
     * @return the steps, none if every node has an empty template
     */
    public List<PlannedStep> compact() {
        return touched().stream()
                .filter(node -> !at(node).usable())
                .map(node -> PlannedStep.standalone(
                        Stage.COMPACTION, node, DatabaseStatements.compact(), "close the gaps in its catalogs"))
                .toList();
    }

    /** Returns the steps that close the databases to connections and identify them by comments. */
    public List<PlannedStep> seal() {
        List<PlannedStep> steps = new ArrayList<>();
        for (Node node : touched()) {
            steps.add(QuiesceSteps.shut(node, NAME));
            steps.add(QuiesceSteps.endSessions(Stage.SHUT, node, NAME));
            steps.add(PlannedStep.transactional(
                    Stage.SHUT,
                    node,
                    DatabaseStatements.comment(NAME, EmptyTemplateQueries.mark(at(node).version())),
                    "comment its purpose"));
        }
        return steps;
    }

    private Optional<PlannedStep> carryAdminPassword(Node node) {
        return at(node).admin().password().map(password -> AdminPassword.carry(node, password));
    }

    private List<Node> touched() {
        boolean missing = observed.values().stream().anyMatch(there -> !there.usable());
        return observed.keySet().stream()
                .filter(node -> missing && (node.isCoordinator() || !at(node).usable()))
                .toList();
    }

    private ObservedEmptyTemplate at(Node node) {
        return Objects.requireNonNull(observed.get(node));
    }
}

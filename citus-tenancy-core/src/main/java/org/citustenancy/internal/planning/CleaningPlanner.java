package org.citustenancy.internal.planning;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.OwnedObject;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.CleaningStatements;
import org.citustenancy.topology.Node;

/** The way to an empty project: what its users made goes, object by object. */
public final class CleaningPlanner {

    /**
     * Kinds in the order in which they go. Tables come first and one by one, since a statement over a table locks each of its
     * shards; schemas come last, when they are empty. A kind that is not named comes before the schemas.
     */
    private static final List<String> ORDER = List.of(
            "publication",
            "table",
            "foreign table",
            "materialized view",
            "view",
            "sequence",
            "statistics object",
            "text search configuration",
            "text search dictionary",
            "operator class",
            "operator family",
            "operator",
            "aggregate",
            "procedure",
            "function",
            "domain",
            "type");

    private static final String SCHEMA = "schema";

    private final Map<Node, List<OwnedObject>> observed;

    /**
     * A planner for one project.
     *
     * @param observed what its users made, by node
     */
    public CleaningPlanner(Map<Node, List<OwnedObject>> observed) {
        this.observed = observed;
    }

    /**
     * The steps.
     *
     * @return by the role that may do them; empty if the project is
     */
    public Map<String, List<PlannedStep>> steps() {
        Map<String, List<PlannedStep>> steps = new TreeMap<>();
        observed.entrySet().stream()
                .flatMap(entry -> inOrder(entry.getValue()).map(object -> new OnNode(entry.getKey(), object)))
                .forEach(found -> steps.merge(found.object().role(), List.of(found.drop()), CleaningPlanner::together));
        steps.replaceAll((role, ofRole) -> PlannedStep.inOrder(ofRole));
        return steps;
    }

    private record OnNode(Node node, OwnedObject object) {

        PlannedStep drop() {
            String description = "drop " + object + " as \"" + object.role() + "\"";
            return node.isCoordinator()
                    ? PlannedStep.standalone(Stage.CLEAN, node, statement(), description)
                    : PlannedStep.transactional(Stage.CLEAN_ON_WORKERS, node, statement(), description);
        }

        private Query statement() {
            return CleaningStatements.drop(object.kind(), object.identity());
        }
    }

    private static List<PlannedStep> together(List<PlannedStep> some, List<PlannedStep> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** Without references to them, Citus would make local tables of those that it knows by their foreign keys alone. */
    private static Stream<OwnedObject> inOrder(List<OwnedObject> objects) {
        return objects.stream()
                .sorted(Comparator.<OwnedObject>comparingInt(object -> place(object.kind()))
                        .thenComparing(OwnedObject::reference));
    }

    private static int place(String kind) {
        int place = ORDER.indexOf(kind);
        return place >= 0 ? place : ORDER.size() + (kind.equals(SCHEMA) ? 1 : 0);
    }
}

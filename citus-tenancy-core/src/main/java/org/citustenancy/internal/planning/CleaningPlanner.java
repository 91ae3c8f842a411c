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

/** Plans the removal of all objects that a project's users created, object by object. */
public final class CleaningPlanner {

    /**
     * The kinds of objects in the order of their removal. Tables come first and one by one, because a statement over a
     * table locks each of its shards. Schemas come last, when they are empty. A kind that is not in the list comes
     * before the schemas.
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
     * Creates a planner for one project.
     *
     * @param observed the objects that its users created, by node
     */
    public CleaningPlanner(Map<Node, List<OwnedObject>> observed) {
        this.observed = observed;
    }

    /**
     * Returns the steps.
     *
     * @return by the role that may run them; empty if the project is empty
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

    /**
     * Returns the objects in the order of their removal. Without references to them, Citus would convert tables to
     * local ones if they are in its metadata for their foreign keys alone.
     */
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

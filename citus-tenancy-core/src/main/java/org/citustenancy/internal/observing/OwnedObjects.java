package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CleaningQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries every node for the objects that the users of a project created. Reads catalogs only. */
public final class OwnedObjects {

    private OwnedObjects() {}

    /**
     * Queries the nodes.
     *
     * @param session an admin's session in the project's database
     * @return all objects on the coordinator, and the objects on each worker that Citus did not create there
     */
    public static Map<Node, List<OwnedObject>> observe(Session session, Topology topology) {
        Map<Node, List<OwnedObject>> objects = new LinkedHashMap<>();
        objects.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(session, owned(true)));
        objects.putAll(BatchQueryExecutor.askWorkers(session, topology.workers(), owned(false)));
        return objects;
    }

    private static Question<List<OwnedObject>> owned(boolean onCoordinator) {
        return Question.list(
                CleaningQueries.owned(onCoordinator),
                row -> new OwnedObject(
                        row.text(CleaningQueries.KIND),
                        row.text(CleaningQueries.IDENTITY),
                        row.text(CleaningQueries.ROLE),
                        row.flag(CleaningQueries.REFERENCE)));
    }
}

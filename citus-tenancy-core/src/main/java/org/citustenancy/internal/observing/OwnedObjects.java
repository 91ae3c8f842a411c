package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.CleaningQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks every node what the users of a project made there. Reads catalogs only. */
public final class OwnedObjects {

    private static final String OBJECTS = "objects";

    private OwnedObjects() {}

    /**
     * Asks.
     *
     * @param session an admin's session in the project's database
     * @param topology the cluster's nodes
     * @return all that the coordinator has, and what each worker has besides what Citus brought there
     */
    public static Map<Node, List<OwnedObject>> observe(Session session, Topology topology) {
        Map<Node, List<OwnedObject>> objects = new LinkedHashMap<>();
        objects.put(
                topology.coordinator(),
                read(BatchQueryExecutor.askCoordinator(session, Map.of(OBJECTS, CleaningQueries.owned(true)))));
        BatchQueryExecutor.askWorkers(session, topology.workers(), Map.of(OBJECTS, CleaningQueries.owned(false)))
                .forEach((worker, answers) -> objects.put(worker, read(answers)));
        return objects;
    }

    private static List<OwnedObject> read(BatchResult answers) {
        return answers.to(OBJECTS).stream().map(OwnedObjects::read).toList();
    }

    private static OwnedObject read(Record row) {
        return new OwnedObject(
                text(row, CleaningQueries.KIND.getName()),
                text(row, CleaningQueries.IDENTITY.getName()),
                text(row, CleaningQueries.ROLE.getName()),
                Boolean.TRUE.equals(row.get(CleaningQueries.REFERENCE.getName(), Boolean.class)));
    }

    private static String text(Record row, String field) {
        return String.valueOf(row.get(field, String.class));
    }
}

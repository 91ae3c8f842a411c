package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Finds the databases of the cluster itself, which belong to no project, that are open to PUBLIC. */
public final class OpenDatabases {

    private static final String TEMPLATE = "template1";
    private static final String PUBLIC = "";

    private OpenDatabases() {}

    /**
     * Observes every node.
     *
     * @param session a session in the maintenance database
     * @return by node, in the order of the nodes; empty for a node on which all are closed
     */
    public static Map<Node, Set<String>> on(Session session, Topology topology, String maintenance) {
        return BatchQueryExecutor.ask(
                session,
                topology,
                Question.of(SurveyQueries.doors(new TreeSet<>(List.of(maintenance, TEMPLATE))), rows -> rows.stream()
                        .filter(row -> PUBLIC.equals(row.text(SurveyQueries.ROLE)))
                        .map(row -> row.text(SurveyQueries.DATABASE))
                        .collect(Collectors.toCollection(TreeSet::new))));
    }
}

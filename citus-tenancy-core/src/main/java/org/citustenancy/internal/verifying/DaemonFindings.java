package org.citustenancy.internal.verifying;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.NodeRows;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Whether the maintenance daemon of Citus is alive on each node. */
public final class DaemonFindings {

    private static final int LOOKS = 8;
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private DaemonFindings() {}

    /**
     * Looks for the daemons. One that has not been started since its server was starts with the first session in its
     * database, so it is given a moment.
     *
     * @param maintenance a session in the maintenance database
     * @param topology the cluster's nodes
     * @param project the project's name
     * @param deadline by when the look must have ended
     * @return a finding per node that has none
     */
    public static List<Finding> of(Session maintenance, Topology topology, String project, Deadline deadline) {
        if (!topology.citus()) {
            return List.of();
        }
        List<Node> without = without(maintenance, topology, project);
        for (int look = 1; look < LOOKS && !without.isEmpty(); look++) {
            deadline.sleep(BETWEEN, maintenance.place());
            without = without(maintenance, topology, project);
        }
        return without.stream()
                .map(node -> new Finding(
                        Severity.SEVERE,
                        node.toString(),
                        "no maintenance daemon of Citus is running: nobody finds deadlocks or finishes prepared transactions",
                        "see capacity(), raise max_worker_processes, and restart the node"))
                .toList();
    }

    private static List<Node> without(Session maintenance, Topology topology, String project) {
        return NodeRows.ask(maintenance, topology, CapacityQueries.daemons(project)).entrySet().stream()
                .filter(entry -> none(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toList());
    }

    private static boolean none(List<Record> rows) {
        return rows.stream().allMatch(row -> {
            Integer number = row.get(CapacityQueries.NUMBER.getName(), Integer.class);
            return number == null || number == 0;
        });
    }
}

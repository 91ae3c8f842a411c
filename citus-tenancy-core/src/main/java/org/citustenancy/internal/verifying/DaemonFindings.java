package org.citustenancy.internal.verifying;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Whether the maintenance daemon of Citus is alive on each node. */
public final class DaemonFindings {

    /** A daemon that failed, as when its session to another node is cut, is started again by the server after 5 s. */
    private static final int LOOKS = 32;

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private DaemonFindings() {}

    /**
     * Looks for the daemons. One that has not been started since its server was starts with the first session in its
     * database, and one that failed starts after some seconds, so it is given that time.
     *
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
                        "no maintenance daemon of Citus is running: Citus neither detects deadlocks nor finishes prepared transactions",
                        "see capacity(), raise max_worker_processes, and restart the node"))
                .toList();
    }

    /**
     * The nodes on which clients have sessions in a database while its daemon is not running, as it is after any user's {@code
     * DROP DATABASE} of it, which the server refuses. To be asked before a session is opened there, which starts it.
     *
     * @param deadline by when the look must have ended
     */
    public static List<Node> endedInUse(Session maintenance, Topology topology, String project, Deadline deadline) {
        if (!topology.citus()) {
            return List.of();
        }
        List<Node> ended = endedInUse(maintenance, topology, project);
        for (int look = 1; look < LOOKS && !ended.isEmpty(); look++) {
            deadline.sleep(BETWEEN, maintenance.place());
            ended = endedInUse(maintenance, topology, project);
        }
        return ended;
    }

    private static List<Node> endedInUse(Session maintenance, Topology topology, String project) {
        Question<Boolean> ended = Question.of(CapacityQueries.use(project), rows -> rows.stream()
                .anyMatch(row -> row.number(CapacityQueries.NUMBER) > 0 && row.number(CapacityQueries.DAEMONS) == 0));
        return nodes(BatchQueryExecutor.ask(maintenance, topology, ended));
    }

    private static List<Node> nodes(Map<Node, Boolean> answers) {
        return answers.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The findings for those.
     *
     * @param still the findings for nodes on which it is still not running
     * @return a finding per node on which it is running again
     */
    public static List<Finding> started(List<Node> ended, List<Finding> still) {
        return ended.stream()
                .filter(node ->
                        still.stream().noneMatch(finding -> finding.place().equals(node.toString())))
                .map(
                        node -> new Finding(
                                Severity.WARNING,
                                node.toString(),
                                "the maintenance daemon of Citus had ended while clients were at work; any user ends it by a DROP "
                                        + "DATABASE of the project, although that is refused",
                                "a new session starts it, as this look and repair() do; look for DROP DATABASE in the server's log"))
                .toList();
    }

    private static List<Node> without(Session maintenance, Topology topology, String project) {
        Question<Boolean> none = Question.of(CapacityQueries.daemons(project), rows -> rows.stream()
                .allMatch(row -> row.number(CapacityQueries.NUMBER) == 0));
        return nodes(BatchQueryExecutor.ask(maintenance, topology, none));
    }
}

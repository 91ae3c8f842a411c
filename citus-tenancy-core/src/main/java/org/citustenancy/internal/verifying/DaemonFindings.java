package org.citustenancy.internal.verifying;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.registry.LivingServices;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Checks whether the maintenance daemon of Citus is running on each node. */
public final class DaemonFindings {

    /**
     * The number of checks. The server restarts a daemon that failed, for example because its session to another node
     * was cut, after 5 s.
     */
    private static final int LOOKS = 32;

    private static final Duration BETWEEN = Duration.ofMillis(250);

    private DaemonFindings() {}

    /**
     * Checks the daemons. A daemon that was not started since its server was starts with the first session in its
     * database, and one that failed starts after some seconds, so the check waits for it.
     *
     * @param deadline the time by which the check must have ended
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
     * Returns the nodes on which clients have sessions in a database while its daemon is not running. This is the state
     * after any user's {@code DROP DATABASE} of it, which the server refuses. The check must precede any session in
     * that database, because a session starts the daemon.
     *
     * @param deadline the time by which the check must have ended
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

    /**
     * Checks whether a database is suspended, with no daemon and no session of a client on any node, and a service makes
     * room for the daemons of projects in use. Then no daemon is missing. The check must precede any session in that
     * database.
     */
    public static boolean isSuspended(Session maintenance, Topology topology, String project) {
        Question<Boolean> used = Question.of(CapacityQueries.use(project), rows -> rows.stream()
                .anyMatch(row -> row.number(CapacityQueries.NUMBER) > 0 || row.number(CapacityQueries.DAEMONS) > 0));
        return topology.citus()
                && LivingServices.suspend(maintenance)
                && nodes(BatchQueryExecutor.ask(maintenance, topology, used)).isEmpty();
    }

    private static List<Node> nodes(Map<Node, Boolean> answers) {
        return answers.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Returns the findings for these nodes.
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

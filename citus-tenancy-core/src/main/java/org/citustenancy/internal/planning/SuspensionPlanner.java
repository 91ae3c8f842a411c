package org.citustenancy.internal.planning;

import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.sql.SuspensionStatements;
import org.citustenancy.topology.Node;

/** Plans the steps that end or start the maintenance daemons of a project. */
public final class SuspensionPlanner {

    private SuspensionPlanner() {}

    /**
     * Returns the steps that end the daemons of a project on nodes, all at once: a daemon that still runs on another node
     * would start them again.
     */
    public static List<PlannedStep> suspend(String project, Collection<Node> nodes) {
        return nodes.stream()
                .map(node -> PlannedStep.standalone(
                                Stage.SUSPEND,
                                node,
                                SuspensionStatements.endDaemon(project),
                                "end the maintenance daemon of \"" + project + "\"")
                        .because("the daemon runs, and the project is not in use"))
                .toList();
    }

    /** Returns the steps that start the daemons of the project on nodes. */
    public static List<PlannedStep> resume(Collection<Node> nodes) {
        return nodes.stream()
                .map(node -> PlannedStep.standalone(
                                Stage.RESUME,
                                node,
                                SuspensionStatements.startDaemon(),
                                "start the maintenance daemon with a session")
                        .because("no maintenance daemon runs"))
                .toList();
    }
}

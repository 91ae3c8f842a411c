package org.citustenancy.internal.planning;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.sql.RecoveryStatements;
import org.citustenancy.topology.Node;

/** Plans whether the daemons of Citus or this library recover distributed transactions. */
public final class RecoveryPlanner {

    private RecoveryPlanner() {}

    /** Returns the steps after which the daemons of servers do not recover any more. */
    public static List<PlannedStep> takeOver(Collection<Node> servers) {
        return steps(
                servers.stream().map(server -> PlannedStep.standalone(
                                Stage.SERVERS,
                                server,
                                RecoveryStatements.disableDaemonRecovery(),
                                "end the recovery of distributed transactions by the daemons of Citus")
                        .because("a daemon recovers without knowing which server answers at the address of a node")),
                servers);
    }

    /** Returns the steps after which the daemons of servers recover again. */
    public static List<PlannedStep> handBack(Collection<Node> servers) {
        return steps(
                servers.stream()
                        .map(server -> PlannedStep.standalone(
                                Stage.SERVERS,
                                server,
                                RecoveryStatements.enableDaemonRecovery(),
                                "give the recovery of distributed transactions back to the daemons of Citus")),
                servers);
    }

    private static List<PlannedStep> steps(Stream<PlannedStep> settings, Collection<Node> servers) {
        return Stream.concat(
                        settings,
                        servers.stream()
                                .map(server -> PlannedStep.standalone(
                                        Stage.SERVERS, server, RecoveryStatements.reload(), "read the settings again")))
                .toList();
    }
}

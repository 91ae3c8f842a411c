package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.users.TableGrant;

/** Observes the inside of a project's database on every node that has it. */
final class InsideObserver {

    private final DesiredProject desired;

    /** The observed inside of the database on a node. */
    record Inside(ObservedContents contents, ObservedPrivileges privileges) {}

    InsideObserver(DesiredProject desired) {
        this.desired = desired;
    }

    /** Observes the coordinator through a session in the project's database. */
    Inside onCoordinator(Session session) {
        boolean citus = BatchQueryExecutor.askCoordinator(session, ContentsQuestions.hasCitus());
        return BatchQueryExecutor.askCoordinator(session, question(citus));
    }

    /** Observes the given workers, which have the database, perhaps without Citus in it. */
    Map<Node, Inside> onWorkers(Session session, List<Node> workers) {
        Map<Node, Inside> inside = new LinkedHashMap<>();
        BatchQueryExecutor.askWorkers(session, workers, ContentsQuestions.hasCitus())
                .forEach((node, citus) ->
                        inside.putAll(BatchQueryExecutor.askWorkers(session, List.of(node), question(citus))));
        return inside;
    }

    Question<Inside> question(boolean citus) {
        Set<TableName> tables = desired.users().values().stream()
                .flatMap(user -> user.options().tables().stream())
                .map(TableGrant::table)
                .collect(Collectors.toSet());
        return ContentsQuestions.about(citus, desired.userNames())
                .and(PrivilegeObserver.question(citus, desired.userNames(), tables), Inside::new);
    }
}

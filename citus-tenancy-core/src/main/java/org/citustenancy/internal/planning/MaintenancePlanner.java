package org.citustenancy.internal.planning;

import java.util.List;
import org.citustenancy.internal.sql.DoorStatements;
import org.citustenancy.topology.Node;

/** The way to a maintenance database that is closed to the projects' users. */
public final class MaintenancePlanner {

    private MaintenancePlanner() {}

    /**
     * Closes it where it is open.
     *
     * @param open the nodes on which everybody may connect
     * @param database the maintenance database
     * @return the steps
     */
    public static List<PlannedStep> close(List<Node> open, String database) {
        return open.stream()
                .map(node -> PlannedStep.transactional(
                        Stage.DOORS,
                        node,
                        DoorStatements.revokeFromPublic(database),
                        "close the maintenance database to everybody but superusers"))
                .toList();
    }
}

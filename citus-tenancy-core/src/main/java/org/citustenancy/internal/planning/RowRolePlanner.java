package org.citustenancy.internal.planning;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.sql.RowRoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Plans the creation of a temporary role, whose sessions move rows, on every node, and its removal. */
public final class RowRolePlanner {

    private final Topology topology;
    private final String project;

    /** Creates a planner for one project. */
    public RowRolePlanner(Topology topology, String project) {
        this.topology = topology;
        this.project = project;
    }

    /**
     * Returns the steps that create the role.
     *
     * @param owner the table owner, of which it becomes a member
     * @param seconds how long the password is accepted
     * @param bypassesPolicies whether no row security policy applies to it
     * @param notesPlacements whether it may write the placements of shards
     * @return a step per node; the workers fetch the password from the coordinator
     */
    public List<PlannedStep> create(
            String role,
            String owner,
            Secret password,
            long seconds,
            boolean bypassesPolicies,
            boolean notesPlacements) {
        String description = "create the temporary role \"" + role + "\", a member of \"" + owner + "\"";
        PlannedStep onCoordinator = PlannedStep.confidential(
                Stage.ROW_ROLES,
                topology.coordinator(),
                RowRoleStatements.create(
                        project,
                        role,
                        owner,
                        Verifier.of(password).reveal(),
                        AuthInfo.of(password),
                        seconds,
                        bypassesPolicies,
                        notesPlacements),
                RowRoleStatements.create(
                        project, role, owner, Secret.MASK, Secret.MASK, seconds, bypassesPolicies, notesPlacements),
                description);
        Stream<PlannedStep> onWorkers = topology.workers().stream()
                .map(worker -> PlannedStep.transactional(
                        Stage.ROW_ROLES_ON_WORKERS,
                        worker,
                        RowRoleStatements.copyFrom(
                                topology.coordinator(),
                                project,
                                role,
                                owner,
                                seconds,
                                bypassesPolicies,
                                notesPlacements),
                        description));
        return Stream.concat(Stream.of(onCoordinator), onWorkers).toList();
    }

    /**
     * Returns the steps that remove the role.
     *
     * @param owner the new owner of the objects that it created
     * @return a step per node, each of which does nothing if there is no such role
     */
    public static List<PlannedStep> drop(List<Node> nodes, String role, String owner) {
        return nodes.stream()
                .map(node -> PlannedStep.transactional(
                        Stage.LAST_PRIVILEGES,
                        node,
                        RowRoleStatements.drop(role, owner),
                        "drop the temporary role \"" + role + "\""))
                .toList();
    }
}

package org.citustenancy.internal.planning;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.sql.RowRoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** The way of a temporary role, in whose sessions rows are moved, onto every node and away again. */
public final class RowRolePlanner {

    private final Topology topology;
    private final String project;

    /** A planner for one project. */
    public RowRolePlanner(Topology topology, String project) {
        this.topology = topology;
        this.project = project;
    }

    /**
     * What makes the role.
     *
     * @param owner the table owner, whose member it becomes
     * @param seconds how long the password is accepted
     * @param bypassesPolicies whether no policy holds for it
     * @param notesPlacements whether it may write where shards are
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
     * What removes the role.
     *
     * @param owner who gets what it has made
     * @return a step per node, each of which does nothing where there is no such role
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

package org.citustenancy.internal.planning;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.sql.NodePasswordStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** The way to another password: the role's on every node, and the nodes' for it in each project. */
public final class RotationPlanner {

    private final Topology topology;
    private final String user;
    private final Secret password;

    /**
     * A planner for one user.
     *
     * @param topology the cluster's nodes
     * @param user the user
     * @param password the new password
     */
    public RotationPlanner(Topology topology, String user, Secret password) {
        this.topology = topology;
        this.user = user;
        this.password = password;
    }

    /**
     * The role's password.
     *
     * @return the steps
     */
    public List<PlannedStep> ofTheRole() {
        Node coordinator = topology.coordinator();
        PlannedStep first = PlannedStep.confidential(
                Stage.ROLES,
                coordinator,
                RoleStatements.setVerifier(user, Verifier.of(password).reveal()),
                RoleStatements.setVerifier(user, Secret.MASK),
                "set the password of \"" + user + "\"");
        Stream<PlannedStep> copies = topology.workers().stream()
                .map(worker -> PlannedStep.transactional(
                        Stage.ROLES_ON_WORKERS,
                        worker,
                        RoleStatements.copyVerifierFrom(coordinator, user),
                        "copy the password of \"" + user + "\" from the coordinator"));
        return Stream.concat(Stream.of(first), copies).toList();
    }

    /**
     * The password by which the nodes of a project let the user through to each other.
     *
     * @return the steps
     */
    public List<PlannedStep> betweenNodes() {
        Node coordinator = topology.coordinator();
        PlannedStep first = PlannedStep.confidential(
                Stage.NODE_PASSWORDS,
                coordinator,
                NodePasswordStatements.write(user, AuthInfo.of(password)),
                NodePasswordStatements.write(user, Secret.MASK),
                "let \"" + user + "\" through to the other nodes with the new password");
        Stream<PlannedStep> copies = topology.workers().stream()
                .map(worker -> PlannedStep.transactional(
                        Stage.NODE_PASSWORDS_ON_WORKERS,
                        worker,
                        NodePasswordStatements.copyFrom(coordinator, user),
                        "let \"" + user + "\" through to the other nodes, as on the coordinator"));
        return Stream.concat(Stream.of(first), copies).toList();
    }
}

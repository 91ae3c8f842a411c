package org.citustenancy.internal.planning;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.NodePasswordStatements;
import org.citustenancy.internal.sql.RegistryPasswordStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/**
 * Plans the change of a password: of the role on every node, and of the nodes' copies in each project; and its
 * rollback.
 */
public final class RotationPlanner {

    private final Topology topology;
    private final String user;

    /** Creates a planner for one user. */
    public RotationPlanner(Topology topology, String user) {
        this.topology = topology;
        this.user = user;
    }

    /**
     * Returns the steps that change the role's password. The registry records the change in the transaction in which
     * the coordinator makes it.
     */
    public List<PlannedStep> ofTheRole(Secret password) {
        Node coordinator = topology.coordinator();
        Stream<PlannedStep> first = Stream.of(
                record(RegistryPasswordStatements.begin(user), "record the password that \"" + user + "\" has"),
                PlannedStep.confidential(
                                Stage.ROLES,
                                coordinator,
                                RoleStatements.setVerifier(
                                        user, Verifier.of(password).reveal()),
                                RoleStatements.setVerifier(user, Secret.MASK),
                                "set the password of \"" + user + "\"")
                        .because("the coordinator has the password before"),
                record(RegistryPasswordStatements.changed(user), "record the password that \"" + user + "\" gets"));
        return Stream.concat(first, copies()).toList();
    }

    /** Returns the steps that restore the role's password from before an interrupted change. */
    public List<PlannedStep> back() {
        return recorded(
                RegistryPasswordStatements.goBack(user), "give \"" + user + "\" the password again that it had before");
    }

    /** Returns the steps that set the password of an interrupted change. */
    public List<PlannedStep> forward() {
        return recorded(
                RegistryPasswordStatements.goForward(user), "give \"" + user + "\" the password that it was to have");
    }

    private List<PlannedStep> recorded(Query statement, String description) {
        PlannedStep first =
                PlannedStep.confidential(Stage.ROLES, topology.coordinator(), statement, statement, description);
        return Stream.concat(Stream.of(first), copies()).toList();
    }

    private PlannedStep record(Query statement, String description) {
        return PlannedStep.transactional(Stage.ROLES, topology.coordinator(), statement, description);
    }

    private Stream<PlannedStep> copies() {
        Node coordinator = topology.coordinator();
        return topology.workers().stream().map(worker -> PlannedStep.transactional(
                        Stage.ROLES_ON_WORKERS,
                        worker,
                        RoleStatements.copyVerifierFrom(coordinator, user),
                        "copy the password of \"" + user + "\" from the coordinator")
                .because("the worker has another password than the coordinator"));
    }

    /**
     * Returns the steps that change the password with which the nodes of a project authenticate the user to each other.
     */
    public List<PlannedStep> betweenNodes(Secret password) {
        return betweenNodes(AuthInfo.of(password));
    }

    /**
     * Returns the steps that change the connection parameter that the nodes of a project present to each other for the
     * user.
     *
     * @param authinfo the connection parameter, a secret
     */
    public List<PlannedStep> betweenNodes(String authinfo) {
        Node coordinator = topology.coordinator();
        PlannedStep first = PlannedStep.confidential(
                        Stage.NODE_PASSWORDS,
                        coordinator,
                        NodePasswordStatements.write(user, authinfo),
                        NodePasswordStatements.write(user, Secret.MASK),
                        "let \"" + user + "\" through to the other nodes with its password")
                .because("the nodes present the password before to each other");
        Stream<PlannedStep> copies = topology.workers().stream().map(worker -> PlannedStep.transactional(
                        Stage.NODE_PASSWORDS_ON_WORKERS,
                        worker,
                        NodePasswordStatements.copyFrom(coordinator, user),
                        "let \"" + user + "\" through to the other nodes, as on the coordinator")
                .because("the worker presents the password before to the other nodes"));
        return Stream.concat(Stream.of(first), copies).toList();
    }
}

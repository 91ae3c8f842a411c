package org.citustenancy.internal.planning;

import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.sql.NodePasswordStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.users.NodeAuthentication;
import org.citustenancy.users.Secret;

/**
 * Reconciles the passwords between nodes: distributed queries of every user reach the other nodes, with a password if
 * these require one.
 */
final class NodePasswordReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        if (context.topology().workers().isEmpty()
                || context.desired().nodeAuthentication() == NodeAuthentication.NONE) {
            return Stream.empty();
        }
        return context.desired().staying().flatMap(user -> steps(context, user));
    }

    private static Stream<PlannedStep> steps(PlanningContext context, DesiredUser user) {
        Node coordinator = context.topology().coordinator();
        Optional<String> stored = digest(context, coordinator, user);
        Optional<String> wanted = user.password().map(AuthInfo::of).map(Verifier::digest);
        boolean always = context.desired().nodeAuthentication() == NodeAuthentication.PASSWORD || stored.isPresent();
        if (!always && context.observed().reachesWorkers(user.name()).orElse(false)) {
            return Stream.empty();
        }
        if (wanted.isEmpty() && stored.isEmpty()) {
            return refuseIfBlocked(context, user);
        }
        boolean write = wanted.isPresent() && !wanted.equals(stored);
        Stream<PlannedStep> onCoordinator = write
                ? user.password().stream().map(password -> write(coordinator, user.name(), password))
                : Stream.empty();
        Stream<PlannedStep> onWorkers = context.topology().workers().stream()
                .filter(worker -> write || !digest(context, worker, user).equals(stored))
                .map(worker -> copy(worker, coordinator, user.name()));
        boolean known = always || context.observed().reachesWorkers(user.name()).isPresent();
        return Stream.concat(onCoordinator, onWorkers).map(step -> known ? step : step.onlyIfBlocked(user.name()));
    }

    private static Stream<PlannedStep> refuseIfBlocked(PlanningContext context, DesiredUser user) {
        if (context.observed().reachesWorkers(user.name()).orElse(true)) {
            return Stream.empty();
        }
        throw new ConflictException(Failure.of("The nodes ask each other for the password of \"" + user.name()
                        + "\", and it is not known here")
                .where(Place.unknown().in(context.database()))
                .state("what earlier steps did stands; this user's distributed queries fail")
                .fix("give the password with the user, so that it can be written into pg_dist_authinfo"));
    }

    private static Optional<String> digest(PlanningContext context, Node node, DesiredUser user) {
        return context.on(node).contents().map(inside -> inside.nodePasswords().get(user.name()));
    }

    private static PlannedStep write(Node coordinator, String user, Secret password) {
        return PlannedStep.confidential(
                        Stage.NODE_PASSWORDS,
                        coordinator,
                        NodePasswordStatements.write(user, AuthInfo.of(password)),
                        NodePasswordStatements.write(user, Secret.MASK),
                        "let \"" + user + "\" through to the other nodes")
                .because("the coordinator does not have the password of \"" + user + "\" for the other nodes");
    }

    private static PlannedStep copy(Node worker, Node coordinator, String user) {
        return PlannedStep.transactional(
                        Stage.NODE_PASSWORDS_ON_WORKERS,
                        worker,
                        NodePasswordStatements.copyFrom(coordinator, user),
                        "let \"" + user + "\" through to the other nodes, as on the coordinator")
                .because("the worker does not have the password of \"" + user
                        + "\" for the other nodes that the coordinator has");
    }
}

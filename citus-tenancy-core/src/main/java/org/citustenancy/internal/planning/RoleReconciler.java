package org.citustenancy.internal.planning;

import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedRole;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.users.Secret;

/** Reconciles the users' roles: every user is a role with the same password on every node. */
final class RoleReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.desired().staying().flatMap(user -> steps(context, user));
    }

    private static Stream<PlannedStep> steps(PlanningContext context, DesiredUser user) {
        Node coordinator = context.topology().coordinator();
        boolean newPassword = needsPassword(context, user);
        Optional<String> digest = digest(context, coordinator, user);
        Stream<PlannedStep> onCoordinator = Stream.concat(
                existence(context, Stage.ROLES, coordinator, user.name()),
                newPassword
                        ? user.password().stream().map(secret -> setPassword(coordinator, user.name(), secret))
                        : Stream.empty());
        Stream<PlannedStep> onWorkers = context.topology().workers().stream()
                .flatMap(worker -> Stream.concat(
                        existence(context, Stage.ROLES_ON_WORKERS, worker, user.name()),
                        newPassword || !digest(context, worker, user).equals(digest)
                                ? Stream.of(copyPassword(worker, coordinator, user.name()))
                                : Stream.empty()));
        return Stream.concat(onCoordinator, onWorkers);
    }

    private static Stream<PlannedStep> existence(PlanningContext context, Stage stage, Node node, String user) {
        ObservedRole role = context.on(node).roles().get(user);
        if (role == null) {
            return Stream.of(PlannedStep.transactional(
                            stage, node, RoleStatements.create(user), "create the role \"" + user + "\"")
                    .because("the role \"" + user + "\" is missing"));
        }
        refusePower(node, user, role);
        return role.login()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                stage, node, RoleStatements.allowLogin(user), "let the role \"" + user + "\" log in")
                        .because("the role \"" + user + "\" cannot log in"));
    }

    private static void refusePower(Node node, String user, ObservedRole role) {
        if (!role.power().isEmpty()) {
            throw new ConflictException(
                    Failure.of("The role \"" + user + "\" exists and is more than a project's user: " + role.power())
                            .where(Place.unknown().on(node))
                            .state("nothing was changed")
                            .fix("choose another user, or take these attributes from the role"));
        }
    }

    private static boolean needsPassword(PlanningContext context, DesiredUser user) {
        Verifier verifier = context.observed().verifiers().get(user.name());
        return user.password()
                .map(password -> verifier == null || !verifier.matches(password))
                .orElse(false);
    }

    private static Optional<String> digest(PlanningContext context, Node node, DesiredUser user) {
        ObservedRole role = context.on(node).roles().get(user.name());
        return role == null ? Optional.empty() : role.digest();
    }

    private static PlannedStep setPassword(Node coordinator, String user, Secret password) {
        return PlannedStep.confidential(
                        Stage.ROLES,
                        coordinator,
                        RoleStatements.setVerifier(user, Verifier.of(password).reveal()),
                        RoleStatements.setVerifier(user, Secret.MASK),
                        "set the password of \"" + user + "\"")
                .because("the password of \"" + user + "\" is another one");
    }

    private static PlannedStep copyPassword(Node worker, Node coordinator, String user) {
        return PlannedStep.transactional(
                        Stage.ROLES_ON_WORKERS,
                        worker,
                        RoleStatements.copyVerifierFrom(coordinator, user),
                        "copy the password of \"" + user + "\" from the coordinator")
                .because("the password of \"" + user + "\" is not the coordinator's");
    }
}

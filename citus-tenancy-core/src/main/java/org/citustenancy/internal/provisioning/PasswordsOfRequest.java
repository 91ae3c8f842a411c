package org.citustenancy.internal.provisioning;

import java.util.Set;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.registry.ProjectState;

/**
 * Checks the passwords of a request before the request is carried out. A change of a password needs other locks than
 * those of one project.
 */
final class PasswordsOfRequest {

    private final ProjectContext context;
    private final Set<String> settled;

    /**
     * Creates the check of a request's passwords.
     *
     * @param context the request's project
     * @param settled the users whose password was already changed for this request
     */
    PasswordsOfRequest(ProjectContext context, Set<String> settled) {
        this.context = context;
        this.settled = settled;
    }

    /**
     * Throws if a change of a user's password did not finish. The project has been registered as changing since then.
     */
    void requireEndedChanges(ProjectRegistry.Entry entry) {
        if (entry.state() == ProjectState.CHANGING) {
            new PasswordHistory(context.sessions().maintenance())
                    .unfinished(entry.desired().userNames()).stream()
                            .map(PasswordHistory.Unfinished::user)
                            .filter(user -> !settled.contains(user))
                            .findFirst()
                            .ifPresent(user -> {
                                throw PasswordChanged.notEnded(
                                        user, new RotationRecovery(context.cluster(), context.topology()));
                            });
        }
    }

    /** Throws if the request has another password for a user of a complete project than the nodes have. */
    void requireUnchanged(ChangeSet changeSet, ProjectRegistry.Entry entry) {
        for (DesiredUser user : changeSet.desired().users().values()) {
            boolean given = user.stays()
                    && !changeSet.generated().containsKey(user.name())
                    && !changeSet.borrowed().contains(user.name())
                    && entry.desired().users().containsKey(user.name())
                    && !entry.pendingPasswords().contains(user.name())
                    && !settled.contains(user.name());
            Verifier stored = changeSet.observed().verifiers().get(user.name());
            if (given && stored != null) {
                user.password().filter(password -> !stored.matches(password)).ifPresent(password -> {
                    throw PasswordChanged.to(password, user.name(), context.cluster());
                });
            }
        }
    }
}

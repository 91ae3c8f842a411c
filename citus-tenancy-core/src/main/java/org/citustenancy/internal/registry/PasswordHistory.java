package org.citustenancy.internal.registry;

import static org.citustenancy.internal.sql.catalog.RegistryFormerPassword.REGISTRY_FORMER_PASSWORD;
import static org.citustenancy.internal.sql.catalog.RegistryPasswordChange.REGISTRY_PASSWORD_CHANGE;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryPasswordStatements;
import org.citustenancy.internal.sql.RegistryStatements;
import org.citustenancy.users.Secret;

/** The passwords that users had before, and changes of passwords that did not end. */
public final class PasswordHistory {

    private final Session maintenance;

    /** The history that a session sees. */
    public PasswordHistory(Session maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * A change of a password that did not end.
     *
     * @param user whose password
     * @param former what the coordinator had before, absent if it had none
     * @param changed what the coordinator was given
     */
    public record Unfinished(String user, Optional<Verifier> former, Optional<Verifier> changed) {}

    /**
     * Whether a password is one that a user had before.
     *
     * @return true if it was replaced by another one
     */
    public boolean isFormer(String user, Secret password) {
        return hasTables()
                && maintenance.fetch(RegistryPasswordStatements.former(user)).stream()
                        .map(row -> Verifier.stored(row.get(REGISTRY_FORMER_PASSWORD.verifier)))
                        .anyMatch(verifier -> verifier.matches(password));
    }

    /**
     * The changes that did not end.
     *
     * @return one per user at most
     */
    public List<Unfinished> unfinished(Collection<String> users) {
        if (!hasTables()) {
            return List.of();
        }
        return maintenance.fetch(RegistryPasswordStatements.unfinished(users)).stream()
                .map(row -> new Unfinished(
                        row.get(REGISTRY_PASSWORD_CHANGE.role),
                        Optional.ofNullable(row.get(REGISTRY_PASSWORD_CHANGE.former))
                                .map(Verifier::stored),
                        Optional.ofNullable(row.get(REGISTRY_PASSWORD_CHANGE.verifier))
                                .map(Verifier::stored)))
                .toList();
    }

    /**
     * Ends a change: the new password is in force on every node.
     *
     * @param user whose password
     */
    public void end(String user) {
        maintenance.executeTogether(RegistryPasswordStatements.end(user));
    }

    /**
     * Forgets a change: the former password is in force on every node.
     *
     * @param user whose password
     */
    public void abandon(String user) {
        maintenance.execute(RegistryPasswordStatements.abandon(user));
    }

    private boolean hasTables() {
        return RegistrySchema.has(maintenance, RegistryStatements.VERSION_OF_PASSWORDS);
    }
}

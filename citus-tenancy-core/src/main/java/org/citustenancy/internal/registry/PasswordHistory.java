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

/** Reads the former passwords of users, and changes of passwords that did not finish. */
public final class PasswordHistory {

    private final Session maintenance;

    /** Creates the history of a session. */
    public PasswordHistory(Session maintenance) {
        this.maintenance = maintenance;
    }

    /**
     * A change of a password that did not finish.
     *
     * @param user the user
     * @param former the verifier that the coordinator had before, absent if it had none
     * @param changed the verifier that was set on the coordinator
     */
    public record Unfinished(String user, Optional<Verifier> former, Optional<Verifier> changed) {}

    /**
     * Checks whether a password is a former password of a user.
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
     * Returns the changes that did not finish.
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
     * @param user the user
     */
    public void end(String user) {
        maintenance.executeTogether(RegistryPasswordStatements.end(user));
    }

    /**
     * Removes a change: the former password is in force on every node.
     *
     * @param user the user
     */
    public void abandon(String user) {
        maintenance.execute(RegistryPasswordStatements.abandon(user));
    }

    private boolean hasTables() {
        return RegistrySchema.has(maintenance, RegistryStatements.VERSION_OF_PASSWORDS);
    }
}

package org.citustenancy.internal.observing;

import java.util.Optional;
import org.citustenancy.internal.sql.AdminPasswordStatements;
import org.citustenancy.internal.sql.PropagationStatements;

/**
 * The start of the admin's sessions that Citus opens on a node and from it.
 *
 * @param carryDatabases whether Citus propagates their CREATE and DROP DATABASE to the other nodes
 * @param password the admin's connection parameter in {@code pg_dist_authinfo} of the maintenance database, if any
 */
public record AdminSessions(boolean carryDatabases, Optional<SealedPassword> password) {

    /**
     * The admin's connection parameter, sealed so that only the node that sealed it can open it.
     *
     * @param role the admin
     * @param digest its digest
     * @param number the start of the key stream
     * @param text the sealed parameter
     */
    public record SealedPassword(String role, String digest, String number, String text) {}

    static Question<AdminSessions> question(boolean citus) {
        Question<Boolean> carries = Question.exists(PropagationStatements.carriesDatabases());
        Question<Optional<SealedPassword>> password = Question.first(
                        AdminPasswordStatements.sealed(),
                        row -> new SealedPassword(
                                row.text(AdminPasswordStatements.ROLE),
                                row.text(AdminPasswordStatements.DIGEST),
                                row.text(AdminPasswordStatements.NUMBER),
                                row.text(AdminPasswordStatements.SEALED)))
                .onlyIf(citus);
        return carries.and(password, AdminSessions::new);
    }
}

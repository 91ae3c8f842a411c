package org.citustenancy.internal.observing;

import java.util.Optional;
import org.citustenancy.internal.sql.AdminPasswordStatements;
import org.citustenancy.internal.sql.PropagationStatements;

/**
 * How the admin's sessions start that Citus opens on a node and from it.
 *
 * @param carryDatabases whether Citus carries what they create and drop of databases to the other nodes
 * @param password what the maintenance database has for the admin in {@code pg_dist_authinfo}, if anything
 */
public record AdminSessions(boolean carryDatabases, Optional<SealedPassword> password) {

    /**
     * The admin's connection parameter, which only the node that has sealed it can open.
     *
     * @param role the admin
     * @param digest its digest
     * @param number what the key stream begins with
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

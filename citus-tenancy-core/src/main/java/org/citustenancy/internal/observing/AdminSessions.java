package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.AdminPasswordStatements;
import org.citustenancy.internal.sql.PropagationStatements;

/**
 * How the admin's sessions start that Citus opens on a node and from it.
 *
 * @param carryDatabases whether Citus carries what they create and drop of databases to the other nodes
 * @param password what the maintenance database has for the admin in {@code pg_dist_authinfo}, if anything
 */
public record AdminSessions(boolean carryDatabases, Optional<SealedPassword> password) {

    private static final String CARRY_DATABASES = "carry databases";
    private static final String PASSWORD = "password of the admin";

    /**
     * The admin's connection parameter, which only the node that has sealed it can open.
     *
     * @param role the admin
     * @param digest its digest
     * @param number what the key stream begins with
     * @param text the sealed parameter
     */
    public record SealedPassword(String role, String digest, String number, String text) {}

    static Map<String, Select<?>> questions(boolean citus) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(CARRY_DATABASES, PropagationStatements.carriesDatabases());
        if (citus) {
            questions.put(PASSWORD, AdminPasswordStatements.sealed());
        }
        return questions;
    }

    static AdminSessions read(BatchResult answers) {
        return new AdminSessions(
                !answers.to(CARRY_DATABASES).isEmpty(),
                answers.to(PASSWORD).stream()
                        .map(row -> new SealedPassword(
                                text(row, AdminPasswordStatements.ROLE),
                                text(row, AdminPasswordStatements.DIGEST),
                                text(row, AdminPasswordStatements.NUMBER),
                                text(row, AdminPasswordStatements.SEALED)))
                        .findFirst());
    }

    private static String text(Record row, Field<String> field) {
        return String.valueOf(row.get(field.getName(), String.class));
    }
}

package org.citustenancy.internal.observing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A role as a node has it.
 *
 * @param login whether it may log in
 * @param power the attributes that make it more than a project's user, by their names in SQL, empty if it has none
 * @param connectionLimit how many sessions it may have; -1 for no limit
 * @param validUntil until when its password is accepted, absent for ever
 * @param digest a digest of its verifier, absent if it has no password
 * @param members the roles that are members of it, read for the owner of databases only
 */
public record ObservedRole(
        boolean login,
        String power,
        int connectionLimit,
        Optional<Instant> validUntil,
        Optional<String> digest,
        List<String> members) {}

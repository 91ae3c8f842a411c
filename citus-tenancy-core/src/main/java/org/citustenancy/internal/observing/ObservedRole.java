package org.citustenancy.internal.observing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A role on a node.
 *
 * @param login whether it may log in
 * @param power the attributes that give it more privileges than a project's user, by their names in SQL, empty if it
 *     has none
 * @param connectionLimit how many sessions it may have; -1 for no limit
 * @param validUntil the time until which its password is accepted, absent without a limit
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

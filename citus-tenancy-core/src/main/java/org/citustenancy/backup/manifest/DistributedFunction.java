package org.citustenancy.backup.manifest;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function that Citus runs on the node of its rows.
 *
 * @param signature its name and the types of its arguments, as PostgreSQL writes them
 * @param argument the name of the argument that determines the node, or {@code $} and its number
 * @param group the colocation group
 * @param forceDelegation whether the call is delegated even from within a transaction
 */
public record DistributedFunction(
        String signature, Optional<String> argument, OptionalInt group, boolean forceDelegation) {}

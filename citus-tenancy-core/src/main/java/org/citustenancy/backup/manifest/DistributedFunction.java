package org.citustenancy.backup.manifest;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function that is called on the node where its rows are.
 *
 * @param signature its name and the types of its arguments, as PostgreSQL writes them
 * @param argument the name of the argument that says where, or {@code $} and its number
 * @param group the colocation group
 * @param forceDelegation whether it is sent there even from within a transaction
 */
public record DistributedFunction(
        String signature, Optional<String> argument, OptionalInt group, boolean forceDelegation) {}

package org.citustenancy.internal.observing;

import java.util.Set;

/**
 * The functions of users in a database on one node.
 *
 * @param exist whether there are any
 * @param placeholders the functions without a body, each in the format of {@link ObservedContents#objects()}
 */
public record UserFunctions(boolean exist, Set<String> placeholders) {}

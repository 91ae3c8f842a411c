package org.citustenancy.internal.observing;

import java.util.Set;

/**
 * The functions of users in a database, as one node has them.
 *
 * @param exist whether there are any
 * @param placeholders those without a body, each as {@link ObservedContents#objects()} names it
 */
public record UserFunctions(boolean exist, Set<String> placeholders) {}

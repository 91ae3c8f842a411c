package org.citustenancy.internal.observing;

/**
 * The empty template as a node has it.
 *
 * @param present whether there is one, finished or not
 * @param usable whether it is finished and of the right version
 * @param admin how the admin's sessions between nodes start
 * @param version the version of Citus in the node's maintenance database
 */
public record ObservedEmptyTemplate(boolean present, boolean usable, AdminSessions admin, String version) {}

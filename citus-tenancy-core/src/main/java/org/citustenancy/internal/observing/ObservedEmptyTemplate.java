package org.citustenancy.internal.observing;

/**
 * The empty template on a node.
 *
 * @param present whether there is one, finished or not
 * @param usable whether it is finished and of the right version
 * @param admin the start of the admin's sessions between nodes
 * @param version the version of Citus in the node's maintenance database
 */
public record ObservedEmptyTemplate(boolean present, boolean usable, AdminSessions admin, String version) {}

package org.citustenancy.hikari.internal.capacity;

/**
 * A pool that is registered and not yet open.
 *
 * @param project the project
 * @param user the user
 * @param max the most connections
 */
public record PlannedPool(String project, String user, int max) {}

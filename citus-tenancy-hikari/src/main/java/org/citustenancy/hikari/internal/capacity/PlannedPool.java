package org.citustenancy.hikari.internal.capacity;

/**
 * A pool that is going to be there.
 *
 * @param project whose it is
 * @param user the user
 * @param max how many connections it may have
 */
public record PlannedPool(String project, String user, int max) {}

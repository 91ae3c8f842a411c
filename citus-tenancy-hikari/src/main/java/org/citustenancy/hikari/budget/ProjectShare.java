package org.citustenancy.hikari.budget;

/**
 * A project's share of a budget.
 *
 * @param guaranteed the number of connections that are reserved for the project
 * @param limit the most connections of the project
 */
public record ProjectShare(int guaranteed, int limit) {

    /** The share without a reservation and without a limit. */
    public static final ProjectShare ANY = new ProjectShare(0, Integer.MAX_VALUE);
}

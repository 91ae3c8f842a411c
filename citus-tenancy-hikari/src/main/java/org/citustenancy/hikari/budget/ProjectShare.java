package org.citustenancy.hikari.budget;

/**
 * A project's part in a budget.
 *
 * @param guaranteed how many connections are kept for it alone
 * @param limit how many it may have at most
 */
public record ProjectShare(int guaranteed, int limit) {

    /** Nothing kept, and nothing withheld. */
    public static final ProjectShare ANY = new ProjectShare(0, Integer.MAX_VALUE);
}

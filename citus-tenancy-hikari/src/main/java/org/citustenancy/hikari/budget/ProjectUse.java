package org.citustenancy.hikari.budget;

/**
 * What a project takes of the budget.
 *
 * @param project the project
 * @param inUse connections that are lent or being opened
 * @param idle idle connections
 * @param waiting threads that wait for a connection
 */
public record ProjectUse(String project, int inUse, int idle, int waiting) {

    /**
     * How many connections of the budget it holds.
     *
     * @return a count
     */
    public int held() {
        return inUse + idle;
    }
}

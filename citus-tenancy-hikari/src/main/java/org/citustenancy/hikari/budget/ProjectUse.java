package org.citustenancy.hikari.budget;

/**
 * A project's use of the budget.
 *
 * @param project the project
 * @param inUse connections that are borrowed or being opened
 * @param idle idle connections
 * @param waiting threads that wait for a connection
 */
public record ProjectUse(String project, int inUse, int idle, int waiting) {

    /**
     * Returns the number of connections of the budget that the project holds.
     *
     * @return a count
     */
    public int held() {
        return inUse + idle;
    }
}

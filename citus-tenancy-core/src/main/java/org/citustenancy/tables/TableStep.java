package org.citustenancy.tables;

/**
 * A statement that leads a table or schema to the distribution that {@link DistributionRules} declare.
 *
 * @param description what it does
 * @param statement the SQL, which the library runs with the privileges of the tables' owner
 */
public record TableStep(String description, String statement) {

    /** Returns the description and the statement. */
    @Override
    public String toString() {
        return description + ": " + statement;
    }
}

package org.citustenancy.tables;

/**
 * The outcome of a request for a table or schema.
 *
 * @param changed whether anything was changed
 * @param explanation what was done, or why nothing was done
 */
public record TableChange(boolean changed, String explanation) {

    /** Returns the explanation, which contains whether anything changed. */
    @Override
    public String toString() {
        return explanation;
    }
}

package org.citustenancy.tables;

/**
 * The result of a request for a table or schema.
 *
 * @param changed whether anything was changed
 * @param explanation what was done, or why nothing was
 */
public record TableChange(boolean changed, String explanation) {

    /** The explanation, which says whether anything changed. */
    @Override
    public String toString() {
        return explanation;
    }
}

package org.citustenancy.progress;

/**
 * The number of completed units of work.
 *
 * @param done the completed units
 * @param total all units, 0 if the number is not known
 * @param unit the name of the unit, in the plural, as in {@code moves of shards}
 */
public record Count(long done, long total, String unit) {

    /** Returns one line, as in {@code 3 of 12 tables}. */
    @Override
    public String toString() {
        return total == 0 ? done + " " + unit : done + " of " + total + " " + unit;
    }
}

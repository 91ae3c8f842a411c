package org.citustenancy.progress;

/**
 * How many units of work have ended.
 *
 * @param done those that have ended
 * @param total all of them, 0 if that is not known
 * @param unit what is counted, in the plural, as in {@code moves of shards}
 */
public record Count(long done, long total, String unit) {

    /** As in {@code 3 of 12 tables}. */
    @Override
    public String toString() {
        return total == 0 ? done + " " + unit : done + " of " + total + " " + unit;
    }
}

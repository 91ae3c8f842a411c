package org.citustenancy.examples.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * Measurements of one thing.
 *
 * @param sorted the values, smallest first
 * @param unit what they count
 */
record Spread(List<Double> sorted, String unit) {

    Spread {
        sorted = sorted.stream().sorted().toList();
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Seconds, in thousandths of them. */
    Spread in(String thousandths) {
        return new Spread(sorted.stream().map(value -> value * 1000).toList(), thousandths);
    }

    /** The median, and the least and the most. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f %s (%.1f-%.1f)", median(), unit, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}

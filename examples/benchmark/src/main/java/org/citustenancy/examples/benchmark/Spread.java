package org.citustenancy.examples.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * Measurements of one operation.
 *
 * @param sorted the values, smallest first
 * @param unit their unit
 */
record Spread(List<Double> sorted, String unit) {

    Spread {
        sorted = sorted.stream().sorted().toList();
    }

    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Converts seconds to thousandths. */
    Spread in(String thousandths) {
        return new Spread(sorted.stream().map(value -> value * 1000).toList(), thousandths);
    }

    /** Returns the median, the minimum and the maximum. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.1f %s (%.1f-%.1f)", median(), unit, sorted.get(0), sorted.get(sorted.size() - 1));
    }
}

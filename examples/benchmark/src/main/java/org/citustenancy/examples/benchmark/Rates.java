package org.citustenancy.examples.benchmark;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The number of operations per second, in several turns of the same length.
 *
 * @param perSecond the rate of each turn
 */
record Rates(List<Double> perSecond) {

    Rates {
        perSecond = List.copyOf(perSecond);
    }

    /** Returns the rate over all turns. */
    double overall() {
        double seconds = perSecond.stream().mapToDouble(rate -> 1 / rate).sum();
        return perSecond.size() / seconds;
    }

    /** Returns the rate over all turns, and the slowest and the fastest turn. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.1f a second (%.1f-%.1f)",
                overall(),
                Collections.min(perSecond),
                Collections.max(perSecond));
    }
}

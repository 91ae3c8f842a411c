package org.citustenancy.examples.benchmark;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How many of the same were done a second, in several turns of the same length.
 *
 * @param perSecond the rate of each turn
 */
record Rates(List<Double> perSecond) {

    Rates {
        perSecond = List.copyOf(perSecond);
    }

    /** Over all turns together. */
    double overall() {
        double seconds = perSecond.stream().mapToDouble(rate -> 1 / rate).sum();
        return perSecond.size() / seconds;
    }

    /** The rate over all, and the slowest and the quickest turn. */
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

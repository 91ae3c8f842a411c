package org.citustenancy.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** The total time of each kind of statement, in the order in which each was first sent. */
final class StatementTimes {

    private final Map<String, Double> seconds = new LinkedHashMap<>();

    void add(String kind, double took) {
        seconds.merge(kind, took, Double::sum);
    }

    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }
}

package org.citustenancy.examples.spring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an application publishes for Prometheus.
 *
 * @param labelsByName the labels of each metric
 */
record PublishedMetrics(Map<String, Set<String>> labelsByName) {

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z][a-zA-Z0-9_]*)(?:\\{([^}]*)})? ");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

    static PublishedMetrics of(String samples) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher sample = SAMPLE.matcher(samples);
        while (sample.find()) {
            Set<String> known = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> known.add(label.group(1)));
            }
        }
        return new PublishedMetrics(labels);
    }

    Set<String> names() {
        return labelsByName.keySet();
    }

    Set<String> labels(String name) {
        return labelsByName.getOrDefault(name, Set.of());
    }
}

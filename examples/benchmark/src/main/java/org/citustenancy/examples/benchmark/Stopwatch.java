package org.citustenancy.examples.benchmark;

/**
 * Measures elapsed time.
 *
 * @param begun the start, on the clock of {@link System#nanoTime()}
 */
record Stopwatch(long begun) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}

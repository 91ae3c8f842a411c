package org.citustenancy.examples.benchmark;

/**
 * Time on the wall.
 *
 * @param begun when it began, on the clock of {@link System#nanoTime()}
 */
record Stopwatch(long begun) {

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}

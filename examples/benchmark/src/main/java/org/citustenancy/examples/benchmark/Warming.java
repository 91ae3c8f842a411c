package org.citustenancy.examples.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * Repeats the work until the JVM has compiled the code that it runs: this number of times, or for this time if each run
 * takes longer, because later compilation has little effect.
 *
 * @param times the most repetitions
 * @param seconds the longest time
 */
record Warming(int times, int seconds) {

    /** Repeats the work; one run of it counts as several. */
    void up(int atOnce, Turns.Work work) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int done = 0; done < times && System.nanoTime() < end; done += atOnce) {
            work.run();
        }
    }
}

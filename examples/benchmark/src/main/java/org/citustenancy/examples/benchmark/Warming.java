package org.citustenancy.examples.benchmark;

import java.util.concurrent.TimeUnit;

/**
 * Does what is to be measured, until the JVM has compiled what it takes: so often, or for so long where each time takes longer,
 * as what is compiled then hardly matters.
 *
 * @param times how often at most
 * @param seconds for how long at most
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

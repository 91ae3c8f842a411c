package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures several kinds of work in turns, each with several threads. The speed of copying files changes over time, and
 * turns distribute the change over all kinds.
 *
 * @param times the number of runs of the work in a turn
 * @param threads the number of threads
 * @param ending waits for the background work of a turn, as part of it
 */
record Turns(int times, int threads, Work ending) {

    /** Work that may fail. */
    interface Work {

        void run() throws Exception;
    }

    /** Returns the rates of each kind; the kinds alternate in starting a round. */
    List<Rates> measure(int rounds, List<Work> kinds) throws Exception {
        List<List<Double>> rates = new ArrayList<>();
        kinds.forEach(kind -> rates.add(new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < kinds.size(); turn++) {
                int kind = (round + turn) % kinds.size();
                rates.get(kind).add(perSecond(kinds.get(kind)));
            }
        }
        return rates.stream().map(Rates::new).toList();
    }

    private double perSecond(Work work) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Stopwatch watch = Stopwatch.start();
            List<Future<?>> begun = new ArrayList<>();
            for (int number = 0; number < times; number++) {
                begun.add(workers.submit(() -> {
                    work.run();
                    return true;
                }));
            }
            for (Future<?> each : begun) {
                each.get();
            }
            ending.run();
            return times / watch.seconds();
        } finally {
            workers.shutdownNow();
        }
    }
}

package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Several kinds of work that take turns, each done by several threads: how quickly files are copied changes with time, and so
 * meets all of them.
 *
 * @param times how often the work is done in a turn
 * @param threads how many do it
 * @param ending waits for what a turn leaves to others, as part of it
 */
record Turns(int times, int threads, Work ending) {

    /** Something that may fail. */
    interface Work {

        void run() throws Exception;
    }

    /** The rates of each kind; each begins a round as often as the others do. */
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

package org.citustenancy.hikari.internal.hikari;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.citustenancy.hikari.internal.connections.ConnectionSource.CutConnections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pools that are closed together. If servers do not answer, that takes as long as closing one connection, regardless of
 * the number of pools and connections.
 */
public final class ClosingPools {

    private static final Logger LOG = LoggerFactory.getLogger(ClosingPools.class);

    private static final long LOOK_MILLIS = 5;

    /** How long idle connections may take to be closed one after another, as HikariCP does it. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final List<RunningPool> pools;
    private final ExecutorService executor;
    private final Set<String> silentServers = ConcurrentHashMap.newKeySet();

    /**
     * Closes nothing yet.
     *
     * @param executor runs what waits for servers
     */
    public ClosingPools(List<RunningPool> pools, ExecutorService executor) {
        this.pools = List.copyOf(pools);
        this.executor = executor;
    }

    /**
     * Closes the pools. Idle connections are closed at once, and borrowed ones when they are returned. An interrupt ends
     * the wait, and the connections are aborted.
     *
     * @param grace how long borrowers may keep connections before they are aborted
     */
    public void close(Duration grace) {
        long begin = System.nanoTime();
        pools.forEach(RunningPool::beginClosing);
        await(RunningPool::isLending, begin, grace);
        runAll(pools.stream().flatMap(pool -> pool.cuts(CutConnections.BORROWED, silentServers)));
        await(RunningPool::hasConnections, begin, IDLE);
        runAll(pools.stream().flatMap(pool -> pool.cuts(CutConnections.ALL, silentServers)));
        runAll(pools.stream().map(pool -> pool::close));
    }

    private void await(Predicate<RunningPool> condition, long begin, Duration longest) {
        try {
            while (System.nanoTime() - begin < longest.toNanos()
                    && pools.stream().anyMatch(condition)) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs tasks at the same time, and waits for them. After an interrupt they end without this thread. */
    private void runAll(Stream<Runnable> tasks) {
        List<Future<?>> running = new ArrayList<>();
        tasks.forEach(task -> {
            try {
                running.add(executor.submit(task));
            } catch (RejectedExecutionException ended) {
                task.run();
            }
        });
        try {
            for (Future<?> each : running) {
                awaitEnd(each);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEnd(Future<?> task) throws InterruptedException {
        try {
            task.get();
        } catch (ExecutionException failure) {
            LOG.warn("A pool could not be closed properly", failure.getCause());
        }
    }
}

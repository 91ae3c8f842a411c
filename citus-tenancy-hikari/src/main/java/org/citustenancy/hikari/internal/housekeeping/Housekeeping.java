package org.citustenancy.hikari.internal.housekeeping;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all pools of a registry share. */
public final class Housekeeping implements AutoCloseable {

    /** How long an unused thread waits for its next task. */
    static final long IDLE_SECONDS = 10;

    private static final int CLOSING_THREADS = 64;

    private final PeriodicThreads pools = new PeriodicThreads("citus-tenancy-pools");
    private final ScheduledThreadPoolExecutor nodes = scheduled("citus-tenancy-nodes", 4);
    private final ScheduledThreadPoolExecutor budget = scheduled("citus-tenancy-budget", 1);
    private final ThreadPoolExecutor closing = new ThreadPoolExecutor(
            CLOSING_THREADS,
            CLOSING_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("citus-tenancy-closing"));

    /** Starts no thread before the first task. */
    public Housekeeping() {
        closing.allowCoreThreadTimeOut(true);
    }

    private static ScheduledThreadPoolExecutor scheduled(String name, int size) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(size, named(name));
        endAtShutdown(executor);
        return executor;
    }

    static void endAtShutdown(ScheduledThreadPoolExecutor executor) {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    }

    private static ThreadFactory named(String name) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Returns the executor of node checks, one at a time for each node. Its tasks wait for nodes that hang. */
    public ScheduledExecutorService nodes() {
        return nodes;
    }

    /** Returns the executor of HikariCP's periodic tasks. Those that wait for a server delay no others. */
    public ScheduledExecutorService pools() {
        return pools;
    }

    /** Returns the executor that closes connections. Its tasks wait for servers, for some seconds at most. */
    public ExecutorService closing() {
        return closing;
    }

    /** Returns the executor of the budget. Its tasks never wait. */
    public ScheduledExecutorService budget() {
        return budget;
    }

    /** Ends all threads, those that close a connection when it is closed. */
    @Override
    public void close() {
        budget.shutdownNow();
        nodes.shutdownNow();
        pools.shutdownNow();
        closing.shutdown();
    }
}

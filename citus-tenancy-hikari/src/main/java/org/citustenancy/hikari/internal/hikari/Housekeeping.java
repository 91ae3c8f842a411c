package org.citustenancy.hikari.internal.hikari;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all pools of a registry share. */
public final class Housekeeping implements AutoCloseable {

    private final ScheduledThreadPoolExecutor pools = threads("citus-tenancy-pools", 2);
    private final ScheduledThreadPoolExecutor budget = threads("citus-tenancy-budget", 1);

    private static ScheduledThreadPoolExecutor threads(String name, int size) {
        AtomicInteger number = new AtomicInteger();
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(size, task -> {
            Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return executor;
    }

    /** For what HikariCP does from time to time, and for looking after nodes. It may wait for a server. */
    public ScheduledExecutorService pools() {
        return pools;
    }

    /** For the budget, which never waits. */
    public ScheduledExecutorService budget() {
        return budget;
    }

    @Override
    public void close() {
        budget.shutdownNow();
        pools.shutdownNow();
    }
}

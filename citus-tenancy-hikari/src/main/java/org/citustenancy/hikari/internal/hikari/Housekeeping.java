package org.citustenancy.hikari.internal.hikari;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads that all pools of a registry share. */
public final class Housekeeping implements AutoCloseable {

    private final ScheduledThreadPoolExecutor pools = threads("citus-tenancy-pools", 2);
    private final ScheduledThreadPoolExecutor nodes = threads("citus-tenancy-nodes", 4);
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

    /** Returns the executor of node checks, one at a time for each node. Its tasks wait for nodes that hang. */
    public ScheduledExecutorService nodes() {
        return nodes;
    }

    /** Returns the executor of HikariCP's periodic tasks. Its tasks may wait for a server. */
    public ScheduledExecutorService pools() {
        return pools;
    }

    /** Returns the executor of the budget. Its tasks never wait. */
    public ScheduledExecutorService budget() {
        return budget;
    }

    @Override
    public void close() {
        budget.shutdownNow();
        nodes.shutdownNow();
        pools.shutdownNow();
    }
}

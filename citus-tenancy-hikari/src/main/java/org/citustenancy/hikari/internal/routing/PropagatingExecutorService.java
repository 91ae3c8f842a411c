package org.citustenancy.hikari.internal.routing;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Runs tasks on other threads in the context in which they were submitted. */
public final class PropagatingExecutorService extends AbstractExecutorService {

    private final ExecutorService threads;
    private final UnaryOperator<Runnable> carry;

    /**
     * Creates an executor that delegates to another one.
     *
     * @param threads the other executor
     * @param carry wraps a task with the context in which it was submitted
     */
    public PropagatingExecutorService(ExecutorService threads, UnaryOperator<Runnable> carry) {
        this.threads = threads;
        this.carry = carry;
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(carry.apply(task));
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}

package org.citustenancy.internal.backup.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Several workers that take items from one list until none is left. If one fails, or the calling thread is interrupted,
 * all are interrupted; either way the call ends when the last of them has ended.
 *
 * @param <T> what stands for an item
 */
public final class ParallelWorkers<T> {

    /**
     * Does items one after another, with what it has opened for the first of them.
     *
     * @param <T> what stands for an item
     */
    public interface Worker<T> extends AutoCloseable {

        /**
         * Does an item.
         *
         * @param item the item
         */
        void work(T item);

        @Override
        void close();
    }

    private final ExecutorService threads;
    private final int size;
    private volatile boolean stopped;

    /**
     * A crew.
     *
     * @param threads a pool that makes as many threads as are needed
     * @param size how many workers
     */
    public ParallelWorkers(ExecutorService threads, int size) {
        this.threads = threads;
        this.size = size;
    }

    /**
     * Does all items.
     *
     * @param items the items, in the order in which they are begun
     * @param workers makes a worker
     */
    public void work(List<T> items, Supplier<Worker<T>> workers) {
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        BlockingQueue<Shift> ended = new LinkedBlockingQueue<>();
        List<Shift> shifts = new ArrayList<>();
        for (int number = 0; number < Math.min(size, items.size()); number++) {
            Shift shift = new Shift(left, workers, ended);
            shifts.add(shift);
            threads.execute(shift);
        }
        await(shifts, ended);
    }

    private void await(List<Shift> shifts, BlockingQueue<Shift> ended) {
        @Nullable InterruptedException interruption = null;
        @Nullable Throwable failure = null;
        for (int left = shifts.size(); left > 0; ) {
            try {
                Shift shift = ended.take();
                left--;
                if (failure == null && shift.failure != null) {
                    failure = shift.failure;
                    stop(shifts);
                }
            } catch (InterruptedException interrupted) {
                interruption = interrupted;
                stop(shifts);
            }
        }
        if (interruption != null) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while rows were copied")
                            .state("nothing that could be used")
                            .fix("run it again"),
                    interruption);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
        }
    }

    private void stop(List<Shift> shifts) {
        stopped = true;
        shifts.forEach(Shift::interrupt);
    }

    /** What one worker does until nothing is left. */
    private final class Shift implements Runnable {

        private final Queue<T> left;
        private final Supplier<Worker<T>> workers;
        private final BlockingQueue<Shift> ended;
        private @Nullable Thread thread;
        private volatile @Nullable Throwable failure;

        Shift(Queue<T> left, Supplier<Worker<T>> workers, BlockingQueue<Shift> ended) {
            this.left = left;
            this.workers = workers;
            this.ended = ended;
        }

        @Override
        public void run() {
            begin();
            try (Worker<T> worker = workers.get()) {
                for (T item = left.poll(); item != null && !stopped; item = left.poll()) {
                    worker.work(item);
                }
            } catch (RuntimeException | Error failed) {
                failure = failed;
            } finally {
                end();
                ended.add(this);
            }
        }

        private synchronized void begin() {
            thread = Thread.currentThread();
        }

        /** The thread goes back to others, who were not interrupted. */
        private synchronized void end() {
            thread = null;
            Thread.interrupted();
        }

        synchronized void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }
}

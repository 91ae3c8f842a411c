package org.citustenancy.internal.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;

/** Runs many tasks on a pool's threads, only so many at a time, and waits for all. */
final class BoundedWork {

    private final ExecutorService threads;
    private final int places;

    BoundedWork(ExecutorService threads, int places) {
        this.threads = threads;
        this.places = places;
    }

    /** What the tasks give, in their order. The first failure ends the others and is thrown. */
    <T> List<T> all(List<Supplier<T>> tasks) {
        Semaphore free = new Semaphore(places);
        List<Future<T>> running = new ArrayList<>();
        try {
            for (Supplier<T> task : tasks) {
                free.acquire();
                running.add(threads.submit(() -> {
                    try {
                        return task.get();
                    } finally {
                        free.release();
                    }
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException interrupted) {
            cancel(running);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while nodes were asked for figures")
                            .done("nothing was changed")
                            .toDo("ask again"),
                    interrupted);
        } catch (ExecutionException failed) {
            cancel(running);
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        }
    }

    private static void cancel(List<? extends Future<?>> running) {
        running.forEach(task -> task.cancel(true));
    }
}

package org.citustenancy.embedded.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * Runs tasks at the same time, one thread each, and interrupts all of them when one fails. This module does not depend
 * on core, whose tests use this module. For that reason it has its own parallel tasks; they throw checked exceptions of
 * servers.
 */
public final class Parallel {

    private Parallel() {}

    /**
     * Runs the tasks and waits for them.
     *
     * @return the results, in the order of the tasks
     * @throws ServerException the exception of the first failed task
     * @throws InterruptedException if this thread was interrupted; the tasks are interrupted, too
     */
    public static <T> List<T> call(List<Callable<T>> tasks) throws ServerException, InterruptedException {
        if (tasks.isEmpty()) {
            return List.of();
        }
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size(), task -> {
            Thread thread = new Thread(task, "citus-tenancy-embedded");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<T> running = new ExecutorCompletionService<>(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(running.submit(task));
            }
            for (int finished = 0; finished < tasks.size(); finished++) {
                result(running.take());
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> T result(Future<T> future) throws ServerException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof ServerException serverFailure) {
                throw serverFailure;
            }
            if (cause instanceof InterruptedException interruption) {
                throw interruption;
            }
            throw new ServerException(String.valueOf(failure.getMessage()), failure);
        }
    }
}

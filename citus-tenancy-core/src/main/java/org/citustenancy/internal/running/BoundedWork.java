package org.citustenancy.internal.running;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;

/** Does the same for several things, so many at a time: projects, databases or nodes. */
public final class BoundedWork {

    private final ExecutorService threads;
    private final int parallelism;

    /**
     * Work on the threads of a pool.
     *
     * @param threads a pool that makes as many threads as are needed
     * @param parallelism how many are worked on at the same time
     */
    public BoundedWork(ExecutorService threads, int parallelism) {
        this.threads = threads;
        this.parallelism = parallelism;
    }

    /**
     * Does the work and waits for all of it.
     *
     * @param subjects what to do it for
     * @param work what to do; one that throws ends all, and what it throws is thrown here
     * @param <P> what stands for a subject
     * @param <R> what comes of the work
     * @return what came of each, in the same order
     * @throws OperationInterruptedException if the calling thread is interrupted; the work under way is, too
     */
    public <P, R> List<R> each(List<P> subjects, Function<P, R> work) {
        Semaphore places = new Semaphore(parallelism);
        List<Future<R>> running = new ArrayList<>();
        try {
            for (P subject : subjects) {
                places.acquire();
                running.add(threads.submit(() -> {
                    try {
                        return work.apply(subject);
                    } finally {
                        places.release();
                    }
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> result : running) {
                results.add(result.get());
            }
            return List.copyOf(results);
        } catch (InterruptedException interrupted) {
            running.forEach(result -> result.cancel(true));
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while several things were done at a time")
                            .state("what was ready stays as it is")
                            .fix("run it again to finish the rest"),
                    interrupted);
        } catch (RejectedExecutionException closed) {
            throw new InvalidRequestException(
                    Failure.of("This connection to the cluster was closed")
                            .state("what was ready stays as it is")
                            .fix("connect again, and close that when it is not needed any more"),
                    closed);
        } catch (ExecutionException failed) {
            running.forEach(result -> result.cancel(true));
            throw failed.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(failed.getCause());
        }
    }
}

package org.citustenancy.internal.running;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;

/** Does the same for several projects, some at a time. */
public final class ProjectsTogether {

    private final ExecutorService threads;
    private final int parallelism;

    /**
     * Work on the threads of a pool.
     *
     * @param threads a pool that makes as many threads as are needed
     * @param parallelism how many projects are worked on at the same time
     */
    public ProjectsTogether(ExecutorService threads, int parallelism) {
        this.threads = threads;
        this.parallelism = parallelism;
    }

    /**
     * Does the work and waits for all of it.
     *
     * @param projects what to do it for
     * @param work what to do; it must turn failures into results, since one that throws ends all
     * @param <P> what stands for a project
     * @param <R> what comes of the work
     * @return what came of each, in the same order
     * @throws OperationInterruptedException if the calling thread is interrupted; the work under way is, too
     */
    public <P, R> List<R> each(List<P> projects, Function<P, R> work) {
        Semaphore places = new Semaphore(parallelism);
        List<Future<R>> running = new ArrayList<>();
        try {
            for (P project : projects) {
                places.acquire();
                running.add(threads.submit(() -> {
                    try {
                        return work.apply(project);
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
                    Failure.of("The calling thread was interrupted while projects were worked on")
                            .done("the projects that were ready stay as they are")
                            .toDo("run it again to finish the others"),
                    interrupted);
        } catch (ExecutionException failed) {
            running.forEach(result -> result.cancel(true));
            throw new IllegalStateException(
                    "Work on a project failed in a way that is not foreseen", failed.getCause());
        }
    }
}

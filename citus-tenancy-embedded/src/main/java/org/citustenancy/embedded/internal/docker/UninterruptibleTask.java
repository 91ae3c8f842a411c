package org.citustenancy.embedded.internal.docker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Work that no interrupt gets into, in a thread of its own. An interrupt in the middle of a talk with the Docker engine
 * leaves behind unknown containers, or a Testcontainers that believes for good that there is no engine.
 *
 * @param <T> what comes out of it
 */
final class UninterruptibleTask<T> {

    private final FutureTask<T> work;

    private UninterruptibleTask(FutureTask<T> work) {
        this.work = work;
    }

    static <T> UninterruptibleTask<T> start(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "citus-tenancy-docker");
        thread.setDaemon(true);
        thread.start();
        return new UninterruptibleTask<>(task);
    }

    /** Waits for it; when interrupted, leaves it alone with what it does. */
    T orLeave() throws ExecutionException, InterruptedException {
        return work.get();
    }

    /** Waits for it; when interrupted, waits all the same and reports it afterwards. */
    T toTheEnd() throws ExecutionException, InterruptedException {
        boolean interrupted = false;
        while (!work.isDone()) {
            try {
                work.get();
            } catch (InterruptedException interruption) {
                interrupted = true;
            } catch (ExecutionException failure) {
                // Thrown below, unless there is an interrupt to report.
                break;
            }
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while Docker was at work, which it has finished");
        }
        return work.get();
    }
}

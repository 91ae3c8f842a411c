package org.citustenancy.embedded.internal.docker;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Runs work in a separate thread, protected from interrupts. An interrupt during communication with the Docker engine
 * leaves unknown containers behind, or makes Testcontainers conclude permanently that there is no engine.
 *
 * @param <T> the type of the result
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

    /** Waits for the work. An interrupt ends the wait, and the work continues. */
    T orLeave() throws ExecutionException, InterruptedException {
        return work.get();
    }

    /** Waits for the work. An interrupt does not end the wait and is reported afterwards. */
    T toTheEnd() throws ExecutionException, InterruptedException {
        boolean interrupted = false;
        while (!work.isDone()) {
            try {
                work.get();
            } catch (InterruptedException interruption) {
                interrupted = true;
            } catch (ExecutionException failure) {
                // The failure is thrown below, unless an interrupt is reported.
                break;
            }
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while Docker was at work, which it has finished");
        }
        return work.get();
    }
}

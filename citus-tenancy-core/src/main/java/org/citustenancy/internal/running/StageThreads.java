package org.citustenancy.internal.running;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/** Runs two halves of a stage at the same time and ends when both have ended. */
public final class StageThreads {

    private final ExecutorService threads;

    /**
     * Halves on the threads of a pool.
     *
     * @param threads a pool that makes as many threads as are needed
     */
    public StageThreads(ExecutorService threads) {
        this.threads = threads;
    }

    void together(Runnable here, Runnable there, boolean oneIsEmpty) {
        if (oneIsEmpty) {
            here.run();
            there.run();
            return;
        }
        Future<?> other = threads.submit(there);
        RuntimeException failure = null;
        try {
            here.run();
        } catch (RuntimeException failed) {
            failure = failed;
            if (Thread.currentThread().isInterrupted()) {
                other.cancel(true);
            }
        }
        failure = join(other, failure);
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable RuntimeException join(Future<?> other, @Nullable RuntimeException failure) {
        RuntimeException result = failure;
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                other.get();
                break;
            } catch (InterruptedException again) {
                interrupted = true;
                other.cancel(true);
            } catch (ExecutionException failed) {
                result = add(result, failed.getCause());
                break;
            } catch (CancellationException cancelled) {
                result = result == null ? interruption(cancelled) : result;
                break;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private static RuntimeException add(@Nullable RuntimeException first, @Nullable Throwable second) {
        if (second instanceof Error error) {
            throw error;
        }
        RuntimeException unchecked =
                second instanceof RuntimeException failure ? failure : new IllegalStateException(second);
        if (first == null) {
            return unchecked;
        }
        first.addSuppressed(unchecked);
        return first;
    }

    private static OperationInterruptedException interruption(Exception cause) {
        return new OperationInterruptedException(
                Failure.of("The calling thread was interrupted while nodes were at work")
                        .state("what the steps before did stands")
                        .fix("run the request again to finish it"),
                cause);
    }
}

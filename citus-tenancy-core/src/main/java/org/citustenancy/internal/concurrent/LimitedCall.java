package org.citustenancy.internal.concurrent;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Calls code of the caller, which may never return, with a time limit. At the limit the code is interrupted. While it
 * ignores the interrupt, further calls fail, so that it occupies one thread at most.
 */
public final class LimitedCall {

    private final ExecutorService threads;
    private final String what;
    private final Duration limit;
    private final AtomicReference<@Nullable Thread> running = new AtomicReference<>();

    /**
     * Creates the calls of one piece of code.
     *
     * @param what names the code in messages, such as "the fence"
     */
    public LimitedCall(ExecutorService threads, String what, Duration limit) {
        this.threads = threads;
        this.what = what;
        this.limit = limit;
    }

    /**
     * Runs the code. Throws what it throws.
     *
     * @throws DeadlineExceededException if it does not return in time, or did not return from the last call yet
     * @throws OperationInterruptedException if the calling thread is interrupted
     */
    public <T> T run(Supplier<T> code) {
        if (running.get() != null) {
            throw new DeadlineExceededException(Failure.of("There was no answer to an earlier call of " + what + " yet")
                    .fix("make it return within " + limit.toMillis()
                            + " ms, and end it when its thread is interrupted"));
        }
        Future<Optional<T>> call = threads.submit(() -> {
            running.set(Thread.currentThread());
            try {
                return Optional.of(code.get());
            } finally {
                running.set(null);
            }
        });
        try {
            return call.get(limit.toNanos(), TimeUnit.NANOSECONDS).orElseThrow();
        } catch (TimeoutException hangs) {
            call.cancel(true);
            throw new DeadlineExceededException(
                    Failure.of("A call of " + what + " did not return within " + limit.toMillis() + " ms")
                            .fix("make it return within this time"),
                    hangs);
        } catch (InterruptedException interrupted) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while it waited for " + what)
                            .fix("call again"),
                    interrupted);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(failure.getCause());
        }
    }
}

package org.citustenancy.internal.concurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * A group of tasks that begin together and end together. The state of a cancelled {@link java.util.concurrent.Future}
 * does not include its thread, which may still hold a session or a lock. So a task reports its own end here.
 */
final class TaskGroup {

    private final Executor threads;
    private final boolean stopsAtFailure;
    private final List<Task> tasks = new ArrayList<>();
    private final BlockingQueue<Task> ended = new LinkedBlockingQueue<>();
    private volatile boolean stopped;

    TaskGroup(Executor threads, boolean stopsAtFailure) {
        this.threads = threads;
        this.stopsAtFailure = stopsAtFailure;
    }

    /** Starts a task. Throws, after the others have ended, if the pool does not accept tasks any more. */
    void start(Runnable work) {
        Task task = new Task(work);
        try {
            threads.execute(task);
            tasks.add(task);
        } catch (RejectedExecutionException closed) {
            stop();
            awaitEnds();
            throw new InvalidRequestException(
                    Failure.of("This connection to the cluster was closed")
                            .state("what was complete before stays")
                            .fix("connect again, and close that connection after its last use"),
                    closed);
        }
    }

    /** Checks whether no further work may begin. */
    boolean isStopped() {
        return stopped;
    }

    /** Waits for all tasks, and throws the exception of the first that failed. */
    void await() {
        Outcome outcome = awaitEnds();
        if (outcome.interruption() != null) {
            Thread.currentThread().interrupt();
            throw interrupted(outcome.interruption());
        }
        if (outcome.failure() instanceof Error error) {
            throw error;
        }
        if (outcome.failure() != null) {
            throw outcome.failure() instanceof RuntimeException unchecked
                    ? unchecked
                    : new IllegalStateException(outcome.failure());
        }
    }

    private record Outcome(
            @Nullable InterruptedException interruption,
            @Nullable Throwable failure) {}

    private Outcome awaitEnds() {
        @Nullable InterruptedException interruption = null;
        @Nullable Throwable failure = null;
        for (int left = tasks.size(); left > 0; ) {
            try {
                Task task = ended.take();
                left--;
                if (stopsAtFailure && failure == null && task.failure != null) {
                    failure = task.failure;
                    stop();
                }
            } catch (InterruptedException interrupted) {
                interruption = interrupted;
                stop();
            }
        }
        return new Outcome(interruption, stopsAtFailure ? failure : firstWithOthers());
    }

    /**
     * Returns the first exception with the others suppressed, in the order of the tasks, so that the same failures give
     * the same exception.
     */
    private @Nullable Throwable firstWithOthers() {
        List<Throwable> failures = tasks.stream()
                .map(task -> task.failure)
                .filter(Objects::nonNull)
                .map(Throwable.class::cast)
                .toList();
        if (failures.isEmpty()) {
            return null;
        }
        Throwable first = failures.get(0);
        failures.stream().skip(1).forEach(first::addSuppressed);
        return first;
    }

    /**
     * Returns the exception for an interrupt. The exception of a task that was interrupted in a statement contains its
     * place.
     */
    private OperationInterruptedException interrupted(InterruptedException interruption) {
        Optional<OperationInterruptedException> inside = tasks.stream()
                .map(task -> task.failure)
                .filter(OperationInterruptedException.class::isInstance)
                .map(OperationInterruptedException.class::cast)
                .findFirst();
        return inside.orElseGet(() -> new OperationInterruptedException(
                Failure.of("The calling thread was interrupted while tasks ran at the same time")
                        .state("what was complete before stays")
                        .fix("run it again to finish the rest"),
                interruption));
    }

    private void stop() {
        stopped = true;
        tasks.forEach(Task::interrupt);
    }

    private final class Task implements Runnable {

        private final Runnable work;
        private @Nullable Thread thread;
        private volatile @Nullable Throwable failure;

        Task(Runnable work) {
            this.work = work;
        }

        @Override
        public void run() {
            begin();
            try {
                if (!stopped) {
                    work.run();
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

        /** Ends a task. The thread returns to the pool, whose next task was not interrupted. */
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

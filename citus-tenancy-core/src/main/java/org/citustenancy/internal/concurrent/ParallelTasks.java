package org.citustenancy.internal.concurrent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs tasks in parallel, up to a limit, on the threads of a pool. A call ends when its last task has ended, so no task
 * outlives the call. The first task that fails stops the others: they are interrupted, and no further one begins. An
 * interrupt of the calling thread has the same effect.
 *
 * <pre>{@code
 * List<ProvisioningResult> results = new ParallelTasks(threads, 4).each(projects, this::repair);
 * }</pre>
 */
public final class ParallelTasks {

    /**
     * Processes items one after another, with the resources that it opened for the first of them.
     *
     * @param <T> the type of an item
     */
    @FunctionalInterface
    public interface Worker<T> extends AutoCloseable {

        /** Processes an item. */
        void work(T item);

        @Override
        default void close() {}
    }

    private final Executor threads;
    private final int parallelism;

    /**
     * Creates tasks on the threads of a pool.
     *
     * @param threads a pool that creates as many threads as are needed
     * @param parallelism how many tasks run at the same time
     */
    public ParallelTasks(Executor threads, int parallelism) {
        this.threads = threads;
        this.parallelism = parallelism;
    }

    /**
     * Runs a task for each subject.
     *
     * @param subjects the subjects of the tasks
     * @return the result of each task, in the order of the subjects
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     * @throws org.citustenancy.errors.InvalidRequestException if the pool was closed
     */
    public <S, R> List<R> each(List<S> subjects, Function<S, R> task) {
        Map<Integer, R> results = new ConcurrentHashMap<>();
        List<Integer> indexes = IntStream.range(0, subjects.size()).boxed().toList();
        share(indexes, () -> index -> results.put(index, task.apply(subjects.get(index))));
        return indexes.stream()
                .map(index -> Objects.requireNonNull(results.get(index)))
                .toList();
    }

    /**
     * Runs workers that take items until none is left.
     *
     * @param items the items, in the order in which they are started
     * @param workers creates a worker, on the thread that it uses
     * @throws org.citustenancy.errors.OperationInterruptedException if the calling thread is interrupted
     */
    public <S> void share(List<S> items, Supplier<? extends Worker<S>> workers) {
        Queue<S> left = new ConcurrentLinkedQueue<>(items);
        TaskGroup group = new TaskGroup(threads, true);
        for (int number = 0; number < Math.min(parallelism, items.size()); number++) {
            group.start(() -> {
                try (Worker<S> worker = workers.get()) {
                    for (S item = left.poll(); item != null && !group.isStopped(); item = left.poll()) {
                        worker.work(item);
                    }
                }
            });
        }
        group.await();
    }

    /**
     * Opens a resource for each subject, or none. If one task fails, the resources of the others are closed.
     *
     * @param open opens it; empty if there is nothing to open
     * @return the open resources by subject, in the order of the subjects
     */
    public <S, R extends AutoCloseable> Map<S, R> open(List<S> subjects, Function<S, Optional<R>> open) {
        Map<S, R> opened = new ConcurrentHashMap<>();
        boolean complete = false;
        try {
            each(subjects, subject -> {
                Optional<R> own = open.apply(subject);
                own.ifPresent(it -> opened.put(subject, it));
                return own.isPresent();
            });
            complete = true;
        } finally {
            if (!complete) {
                opened.values().forEach(ParallelTasks::close);
            }
        }
        Map<S, R> inOrder = new LinkedHashMap<>();
        subjects.forEach(subject -> Optional.ofNullable(opened.get(subject)).ifPresent(it -> inOrder.put(subject, it)));
        return inOrder;
    }

    private static void close(AutoCloseable opened) {
        try {
            opened.close();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /**
     * Runs two tasks until both end. A task that fails does not stop the other; an interrupt of the calling thread
     * stops both.
     *
     * @param threads a pool that creates as many threads as are needed
     * @param second the other
     */
    public static void both(Executor threads, Runnable first, Runnable second) {
        TaskGroup group = new TaskGroup(threads, false);
        group.start(first);
        group.start(second);
        group.await();
    }
}

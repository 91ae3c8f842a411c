package org.citustenancy.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class ParallelTasksTest {

    private final ExecutorService threads =
            Executors.newCachedThreadPool(DaemonThreads.numbered("parallel-tasks-test-"));

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void results_are_in_the_order_of_the_subjects() {
        List<Integer> subjects = IntStream.range(0, 100).boxed().toList();

        assertThat(new ParallelTasks(threads, 7).each(subjects, subject -> subject * 2))
                .isEqualTo(subjects.stream().map(subject -> subject * 2).toList());
        assertThat(new ParallelTasks(threads, 7).each(List.<Integer>of(), subject -> subject))
                .isEmpty();
    }

    @Test
    void no_more_tasks_run_at_a_time_than_the_parallelism() {
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();

        new ParallelTasks(threads, 3).each(IntStream.range(0, 30).boxed().toList(), subject -> {
            seen.add(running.incrementAndGet());
            pause(2);
            return running.decrementAndGet();
        });

        assertThat(seen).hasSize(30).allMatch(count -> count <= 3);
    }

    @Test
    void the_first_failure_stops_the_others_before_the_call_ends() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        List<Integer> begun = new CopyOnWriteArrayList<>();

        assertThatThrownBy(() -> new ParallelTasks(threads, 2).each(List.of(0, 1, 2, 3), subject -> {
                    begun.add(subject);
                    if (subject == 0) {
                        await(waiting);
                        throw new IllegalStateException("the first one");
                    }
                    waiting.countDown();
                    interruptible();
                    pause(50);
                    ended.set(true);
                    return subject;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the first one");

        assertThat(ended).isTrue();
        assertThat(begun).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void an_interrupt_of_the_caller_stops_all_tasks_and_is_kept() throws Exception {
        CountDownLatch running = new CountDownLatch(2);
        AtomicInteger interrupted = new AtomicInteger();
        AtomicBoolean flag = new AtomicBoolean();
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                new ParallelTasks(threads, 2).each(List.of(1, 2, 3), subject -> {
                    running.countDown();
                    interrupted.addAndGet(interruptible() ? 1 : 0);
                    return subject;
                });
            } catch (OperationInterruptedException expected) {
                thrown.add(expected);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        caller.start();
        await(running);

        caller.interrupt();
        caller.join(TimeUnit.SECONDS.toMillis(30));

        assertThat(interrupted).hasValue(2);
        assertThat(thrown).hasSize(1);
        assertThat(flag).isTrue();
    }

    @Test
    void a_thread_of_the_pool_does_not_keep_the_interrupt() {
        assertThatThrownBy(() -> new ParallelTasks(threads, 2).each(List.of(1, 2), subject -> {
                    if (subject == 1) {
                        throw new IllegalStateException("stop");
                    }
                    pause(1);
                    Thread.currentThread().interrupt();
                    return subject;
                }))
                .hasMessage("stop");

        assertThat(new ParallelTasks(threads, 4).each(List.of(1, 2, 3, 4), subject -> Thread.currentThread()
                        .isInterrupted()))
                .containsOnly(false);
    }

    @Test
    void a_closed_pool_is_an_error_of_the_library() {
        threads.shutdown();

        assertThatThrownBy(() -> new ParallelTasks(threads, 2).each(List.of(1, 2), subject -> subject))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("This connection to the cluster was closed");
    }

    @Test
    void workers_share_the_items_and_close() {
        List<Integer> done = new CopyOnWriteArrayList<>();
        AtomicInteger open = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();

        new ParallelTasks(threads, 3).share(IntStream.range(0, 50).boxed().toList(), () -> {
            open.incrementAndGet();
            opened.incrementAndGet();
            return new ParallelTasks.Worker<Integer>() {
                @Override
                public void work(Integer item) {
                    done.add(item);
                }

                @Override
                public void close() {
                    open.decrementAndGet();
                }
            };
        });

        assertThat(done)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
        assertThat(opened).hasValue(3);
        assertThat(open).hasValue(0);
    }

    @Test
    void what_is_open_closes_where_one_cannot_be_opened() {
        List<Integer> closed = new CopyOnWriteArrayList<>();
        CountDownLatch others = new CountDownLatch(2);

        assertThatThrownBy(() -> new ParallelTasks(threads, 3).open(List.of(0, 1, 2), subject -> {
                    if (subject == 0) {
                        await(others);
                        throw new IllegalStateException("refused");
                    }
                    others.countDown();
                    return Optional.of(() -> closed.add(subject));
                }))
                .hasMessage("refused");

        assertThat(closed).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void subjects_without_anything_to_open_are_left_out() {
        Map<Integer, AutoCloseable> opened = new ParallelTasks(threads, 3)
                .open(
                        List.of(3, 1, 2),
                        subject -> subject == 1 ? Optional.empty() : Optional.<AutoCloseable>of(() -> {}));

        assertThat(new ArrayList<>(opened.keySet())).containsExactly(3, 2);
    }

    @Test
    void both_tasks_run_to_their_ends_and_the_first_failure_has_the_second() {
        AtomicBoolean ended = new AtomicBoolean();

        assertThatThrownBy(() -> ParallelTasks.both(
                        threads,
                        () -> {
                            pause(20);
                            ended.set(true);
                            throw new IllegalStateException("one");
                        },
                        () -> {
                            throw new IllegalArgumentException("two");
                        }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("one")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .hasOnlyElementsOfType(IllegalArgumentException.class)
                        .hasSize(1));

        assertThat(ended).isTrue();
    }

    /** Waits until it is interrupted. */
    private static boolean interruptible() {
        try {
            TimeUnit.SECONDS.sleep(30);
            return false;
        } catch (InterruptedException interrupted) {
            return true;
        }
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

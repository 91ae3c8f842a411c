package org.citustenancy.internal.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.OperationInterruptedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitedCallTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LimitedCall call = new LimitedCall(threads, "the code", LIMIT);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void call_returns_the_value_and_throws_the_exception_of_the_code() {
        assertThat(call.run(() -> 7)).isEqualTo(7);
        assertThatThrownBy(() -> call.run(() -> {
                    throw new IllegalArgumentException("of the code");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("of the code");
    }

    @Test
    void code_that_hangs_is_interrupted_and_can_be_called_again() {
        assertThatThrownBy(() -> call.run(() -> sleep(Duration.ofMinutes(1))))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("A call of the code did not return within 200 ms");

        awaitReturn();
    }

    @Test
    void code_that_ignores_the_interrupt_is_not_called_again_before_it_returns() {
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        assertThatThrownBy(() -> call.run(() -> {
                    calls.incrementAndGet();
                    awaitInSpiteOfInterrupts(released);
                    return 1;
                }))
                .isInstanceOf(DeadlineExceededException.class);
        assertThatThrownBy(() -> call.run(calls::incrementAndGet))
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("earlier call of the code");
        assertThat(calls).hasValue(1);
        released.countDown();

        awaitReturn();
    }

    @Test
    void interrupt_of_the_caller_ends_the_wait() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> call.run(() -> sleep(Duration.ofMinutes(1))))
                .isInstanceOf(OperationInterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    private void awaitReturn() {
        for (int attempt = 0; ; attempt++) {
            try {
                assertThat(call.run(() -> 8)).isEqualTo(8);
                return;
            } catch (DeadlineExceededException notYet) {
                if (attempt == 100) {
                    throw notYet;
                }
                sleep(Duration.ofMillis(20));
            }
        }
    }

    private static int sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
            return 1;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void awaitInSpiteOfInterrupts(CountDownLatch released) {
        boolean waiting = true;
        while (waiting) {
            try {
                released.await();
                waiting = false;
            } catch (InterruptedException ignored) {
                waiting = true;
            }
        }
    }
}

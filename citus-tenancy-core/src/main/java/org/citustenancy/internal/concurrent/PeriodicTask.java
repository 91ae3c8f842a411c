package org.citustenancy.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a task at once and repeats it, on its own thread. */
public final class PeriodicTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final Supplier<Duration> task;
    private final Thread thread;
    private final CountDownLatch ending = new CountDownLatch(1);

    private PeriodicTask(String name, Supplier<Duration> task) {
        this.task = task;
        this.thread = DaemonThreads.named(name).newThread(this::run);
    }

    /**
     * Starts a task.
     *
     * @param name the name of the thread
     * @param interval the time from the end of a run to the start of the next
     * @param task catches its exceptions, because an uncaught one ends the thread
     */
    public static PeriodicTask start(String name, Duration interval, Runnable task) {
        return start(name, () -> {
            task.run();
            return interval;
        });
    }

    /**
     * Starts a task that determines its interval.
     *
     * @param task returns the time until the next run; catches its exceptions
     */
    public static PeriodicTask start(String name, Supplier<Duration> task) {
        PeriodicTask periodic = new PeriodicTask(name, task);
        periodic.thread.start();
        return periodic;
    }

    private void run() {
        try {
            boolean ended = false;
            while (!ended) {
                Duration pause = task.get();
                ended = awaitEnd(pause);
            }
        } catch (RuntimeException | Error failure) {
            LOG.error("{} has ended", thread.getName(), failure);
        }
    }

    private boolean awaitEnd(Duration pause) {
        try {
            return ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return ending.getCount() == 0;
        }
    }

    /** Interrupts a run, and waits up to 10 seconds for its end. No further run begins. */
    @Override
    public void close() {
        ending.countDown();
        if (Thread.currentThread() == thread) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(END.toMillis());
            if (thread.isAlive()) {
                LOG.warn("The last run of {} did not end within {} s", thread.getName(), END.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.citustenancy.internal.concurrent;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that runs at once and then again and again, on a thread of its own. */
public final class PeriodicTask implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeriodicTask.class);
    private static final Duration END = Duration.ofSeconds(10);

    private final Supplier<Duration> task;
    private final Thread thread;
    private volatile boolean closed;

    private PeriodicTask(String name, Supplier<Duration> task) {
        this.task = task;
        this.thread = DaemonThreads.named(name).newThread(this::run);
    }

    /**
     * Starts a task.
     *
     * @param name the name of the thread
     * @param interval the time from the end of a run to the start of the next
     * @param task handles its exceptions: one that leaves it ends the repetition
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
     * @param task returns the time until the next run; handles its exceptions
     */
    public static PeriodicTask start(String name, Supplier<Duration> task) {
        PeriodicTask periodic = new PeriodicTask(name, task);
        periodic.thread.start();
        return periodic;
    }

    private void run() {
        while (!closed) {
            Duration pause = task.get();
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException closing) {
                LOG.debug("{} was interrupted", thread.getName(), closing);
            }
        }
    }

    /** Interrupts a run, and waits up to 10 seconds for its end. No further run begins. */
    @Override
    public void close() {
        closed = true;
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

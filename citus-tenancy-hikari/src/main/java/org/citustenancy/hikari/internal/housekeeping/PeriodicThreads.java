package org.citustenancy.hikari.internal.housekeeping;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** An executor of short tasks, some of which wait for a server. While one waits, another thread is in its place. */
final class PeriodicThreads extends ScheduledThreadPoolExecutor {

    private static final int THREADS = 2;

    /** The number of tasks that may wait without a delay of others. */
    private static final int MOST_WAITING = 64;

    private int waiting;

    PeriodicThreads(String name) {
        super(THREADS);
        AtomicInteger number = new AtomicInteger();
        setThreadFactory(task -> new PeriodicThread(this, task, name + "-" + number.incrementAndGet()));
        setKeepAliveTime(Housekeeping.IDLE_SECONDS, TimeUnit.SECONDS);
        Housekeeping.endAtShutdown(this);
    }

    synchronized void waits(boolean begins) {
        waiting += begins ? 1 : -1;
        setCorePoolSize(THREADS + Math.min(waiting, MOST_WAITING));
    }
}

package org.citustenancy.hikari.internal.housekeeping;

/** A thread of HikariCP's periodic tasks. */
public final class PeriodicThread extends Thread {

    private final PeriodicThreads executor;

    PeriodicThread(PeriodicThreads executor, Runnable task, String name) {
        super(task, name);
        this.executor = executor;
        setDaemon(true);
    }

    /** A time in which the current thread may wait for a server. */
    public interface Wait extends AutoCloseable {

        /** Ends the time. */
        @Override
        void close();
    }

    /** Begins a time in which the current thread may wait, and is replaced if it is one of periodic tasks. */
    public static Wait begin() {
        if (!(Thread.currentThread() instanceof PeriodicThread own)) {
            return () -> {};
        }
        own.executor.waits(true);
        return () -> own.executor.waits(false);
    }
}

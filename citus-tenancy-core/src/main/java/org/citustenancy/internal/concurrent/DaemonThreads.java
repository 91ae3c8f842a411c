package org.citustenancy.internal.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates daemon threads, which do not keep the process running. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Returns a factory whose threads all have the same name. */
    public static ThreadFactory named(String name) {
        return task -> daemon(task, name);
    }

    /** Returns a factory whose threads have a prefix and their number as their names. */
    public static ThreadFactory numbered(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> daemon(task, prefix + number.incrementAndGet());
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}

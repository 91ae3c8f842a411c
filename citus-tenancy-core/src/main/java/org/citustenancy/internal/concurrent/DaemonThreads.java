package org.citustenancy.internal.concurrent;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process from ending. */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** All threads of a factory have the same name. */
    public static ThreadFactory named(String name) {
        return task -> daemon(task, name);
    }

    /** The threads of a factory have a prefix and their number. */
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

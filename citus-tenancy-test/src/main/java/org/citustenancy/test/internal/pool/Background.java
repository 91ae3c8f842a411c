package org.citustenancy.test.internal.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Threads for work that no test waits for. You can wait for the end of the work. */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final ExecutorService threads;
    private final List<Future<?>> begun = new ArrayList<>();

    Background() {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "citus-tenancy-test-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    void begin(Runnable work) {
        synchronized (begun) {
            begun.removeIf(Future::isDone);
            begun.add(threads.submit(work));
        }
    }

    /** Waits for all started work, even if interrupted: nothing else would finish it. */
    @Override
    public void close() {
        List<Future<?>> left;
        synchronized (begun) {
            left = List.copyOf(begun);
        }
        boolean interrupted = false;
        for (Future<?> work : left) {
            interrupted |= awaitEnd(work);
        }
        threads.shutdown();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean awaitEnd(Future<?> work) {
        boolean interrupted = false;
        while (true) {
            try {
                work.get();
                return interrupted;
            } catch (InterruptedException again) {
                interrupted = true;
            } catch (ExecutionException failure) {
                LOG.warn("Something about test databases failed in the background", failure);
                return interrupted;
            }
        }
    }
}

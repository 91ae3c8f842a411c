package org.citustenancy.spring.internal.start;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;

/**
 * Processes several projects at the same time. The core's parallel tasks wait until the last of them has ended. This
 * class does not wait after an interrupt, because an initializer of the application may ignore it, and the application
 * has to end.
 */
final class StartThreads implements AutoCloseable {

    private final ExecutorService threads;

    /** Creates this number of daemon threads. */
    StartThreads(int parallelism) {
        this.threads = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "citus-tenancy-start");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Waits until the work on each project is done. The work throws no exception of this library. */
    void each(List<ProjectDefinition> projects, Consumer<ProjectDefinition> work) {
        List<Future<?>> running = new ArrayList<>();
        for (ProjectDefinition project : projects) {
            running.add(threads.submit(() -> work.accept(project)));
        }
        try {
            for (Future<?> each : running) {
                each.get();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The start of the projects was interrupted")
                            .fix("start the application again; what is done is kept"),
                    interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

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
 * Works on several projects at the same time. Core's tasks wait until the last of them has ended; this does not at an interrupt,
 * because an initializer of the application may not react to it, and the application has to end.
 */
final class StartThreads implements AutoCloseable {

    private final ExecutorService threads;

    /** As many threads, which do not keep the application from ending. */
    StartThreads(int parallelism) {
        this.threads = Executors.newFixedThreadPool(parallelism, task -> {
            Thread thread = new Thread(task, "citus-tenancy-start");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Waits until the work is done on each; it throws nothing of ours. */
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

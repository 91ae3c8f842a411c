package org.citustenancy.hikari;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import javax.sql.DataSource;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.hikari.internal.routing.PropagatingExecutorService;
import org.citustenancy.hikari.internal.routing.RoutingDataSource;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/**
 * Binds threads to projects, and provides data sources that use the project of the current thread.
 *
 * <pre>{@code
 * DataSource dataSource = pools.scopes().dataSource();
 * try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
 *     dataSource.getConnection();                                          // of analytics
 *     executor.submit(pools.scopes().propagate(() -> report(dataSource)));     // so there
 * }
 * dataSource.getConnection();                                              // OutsideScopeException
 * }</pre>
 *
 * <p>A scope belongs to one thread, a platform thread or a virtual one. Threads that it starts and threads of an
 * executor do not inherit the scope, unless the task was {@linkplain #propagate(Runnable) propagated}.
 */
public final class ProjectScopes {

    private final ProjectPools pools;
    /** Each registry has one; the end of each scope removes its value. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable ProjectScope> current = new ThreadLocal<>();

    private final DataSource dataSource =
            new RoutingDataSource<>(this::required, ProjectScope::dataSource, ProjectScope::requireCurrent);
    private final DataSource readDataSource =
            new RoutingDataSource<>(this::required, ProjectScope::readDataSource, ProjectScope::requireCurrent);

    ProjectScopes(ProjectPools pools) {
        this.pools = pools;
    }

    /**
     * Opens a scope on this thread, nested in the current one, if any.
     *
     * @param project the project
     * @param user the user
     * @return the scope, which must be closed on this thread
     * @throws org.citustenancy.errors.NotFoundException if they are not registered
     * @throws org.citustenancy.hikari.errors.RegistryClosedException if the registry is closed
     */
    public ProjectScope open(String project, String user) {
        ProjectScope scope = new ProjectScope(this, current.get(), pools.pool(project, user), pools);
        current.set(scope);
        return scope;
    }

    /**
     * Returns the scope of this thread.
     *
     * @return empty outside of any scope
     */
    public Optional<ProjectScope> current() {
        return Optional.ofNullable(current.get());
    }

    /**
     * Returns a data source that uses the scope of the calling thread. Outside of any scope it throws {@link
     * OutsideScopeException}.
     *
     * <p>A connection works in the scope in which it was borrowed, or in another scope of the same project and user.
     * Elsewhere the connection and each of its statements, including statements that were created before, throw {@link
     * OutsideScopeException} and send nothing to a server. You can always commit, roll back, cancel a statement, close,
     * and read rows that were requested before. The result of {@link java.sql.Connection#unwrap} does not check scopes.
     *
     * @return the same object each time
     */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * Returns a data source that uses the scope as {@link #dataSource()} does, with connections of the read pools.
     *
     * @return the same object each time
     */
    public DataSource readDataSource() {
        return readDataSource;
    }

    /**
     * Wraps a task so that it runs in the current scope, on any thread and at any time. If the thread is in no scope
     * now, the task runs outside of any scope. Afterwards the thread returns to its previous scope.
     *
     * @param task the task
     * @return the task in its scope
     */
    public Runnable propagate(Runnable task) {
        Optional<ProjectScope> carried = current();
        return () -> {
            ProjectScope before = enter(carried);
            try {
                task.run();
            } finally {
                restore(before);
            }
        };
    }

    /**
     * Wraps a task so that it runs in the current scope, as {@link #propagate(Runnable)} does.
     *
     * @param task the task
     * @param <T> the type of its result
     * @return the task in its scope
     */
    public <T> Callable<T> carryCallable(Callable<T> task) {
        Optional<ProjectScope> carried = current();
        return () -> {
            ProjectScope before = enter(carried);
            try {
                return task.call();
            } finally {
                restore(before);
            }
        };
    }

    /**
     * Wraps an executor so that each task runs in the scope in which it was submitted.
     *
     * @param threads runs the tasks
     * @return an executor that delegates to it
     */
    public Executor executor(Executor threads) {
        return task -> threads.execute(propagate(task));
    }

    /**
     * Wraps an executor so that each task runs in the scope in which it was submitted.
     *
     * @param threads runs the tasks, and is shut down with the returned executor
     * @return an executor that delegates to it
     */
    public ExecutorService executor(ExecutorService threads) {
        return new PropagatingExecutorService(threads, this::propagate);
    }

    /**
     * Sets the scope of this thread in place of its current one, without nesting. This method is for libraries that carry
     * the context of one thread to others, such as Micrometer's context propagation; in an application, use {@link #open}
     * and {@link #propagate(Runnable)}.
     *
     * <pre>{@code
     * Optional<ProjectScope> before = scopes.current();
     * scopes.replaceCurrent(carried);
     * try {
     *     task.run();
     * } finally {
     *     scopes.replaceCurrent(before);
     * }
     * }</pre>
     *
     * @param scope a scope of this registry, of any thread, also a closed one: a scope of another thread continues on this
     * one as a separate scope. If empty, the thread is in no scope afterwards
     */
    public void replaceCurrent(Optional<ProjectScope> scope) {
        restore(scope.map(carried -> carried.isOfThisThread() ? carried : carried.onThisThread(null))
                .orElse(null));
    }

    void require(PoolName pool) {
        ProjectScope scope = current.get();
        if (scope != null && scope.isOf(pool)) {
            return;
        }
        String thread = "the thread \"" + Thread.currentThread().getName() + "\"";
        String found = scope == null ? thread + " works in no scope now" : "the scope of " + thread + " is of " + scope;
        throw new OutsideScopeException(
                Failure.of("A connection or transaction of " + pool + " is used outside of its scope: " + found)
                        .state("nothing of this use was sent to a server")
                        .fix("take a connection in this scope, or begin a transaction of its own in it (with Spring, "
                                + "PROPAGATION_REQUIRES_NEW); for work in several projects at a time, use the data source "
                                + "of each project"));
    }

    void end(ProjectScope scope) {
        ProjectScope innermost = current.get();
        if (innermost != scope) {
            throw new OutsideScopeException(Failure.of("The scope of " + scope + " is not the innermost one, which is "
                            + (innermost == null ? "none" : "of " + innermost))
                    .fix("close scopes in the reverse order, best by try-with-resources"));
        }
        restore(scope.outer());
    }

    private @Nullable ProjectScope enter(Optional<ProjectScope> carried) {
        ProjectScope before = current.get();
        restore(carried.map(scope -> scope.onThisThread(before)).orElse(null));
        return before;
    }

    private void restore(@Nullable ProjectScope scope) {
        if (scope == null) {
            current.remove();
        } else {
            current.set(scope);
        }
    }

    /**
     * Returns the scope of this thread.
     *
     * @throws OutsideScopeException outside of any scope
     */
    public ProjectScope required() {
        ProjectScope scope = current.get();
        if (scope == null) {
            throw new OutsideScopeException(
                    Failure.of("The thread \"" + Thread.currentThread().getName()
                                    + "\" works in no scope, so the project of its connection is unknown")
                            .fix("open a scope around it, or carry the task from where one is open"));
        }
        return scope;
    }
}

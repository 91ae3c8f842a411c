package org.citustenancy.hikari;

import javax.sql.DataSource;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.errors.OutsideScopeException;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/**
 * A scope in which a thread works for one project. It ends with {@link #close()}, on the same thread.
 *
 * <pre>{@code
 * try (ProjectScope scope = pools.scopes().open("analytics", "analytics_user")) {
 *     pools.scopes().dataSource().getConnection().close();   // of analytics
 * }
 * }</pre>
 */
public final class ProjectScope implements AutoCloseable {

    private final ProjectScopes scopes;
    private final @Nullable ProjectScope outer;
    private final Thread thread;
    private final ProjectPool pool;
    private final ProjectPools pools;
    private final DataSource dataSource;
    private boolean closed;

    ProjectScope(ProjectScopes scopes, @Nullable ProjectScope outer, ProjectPool pool, ProjectPools pools) {
        this.scopes = scopes;
        this.outer = outer;
        this.thread = Thread.currentThread();
        this.pool = pool;
        this.pools = pools;
        this.dataSource = pool.dataSource();
    }

    /**
     * Returns the project of this scope.
     *
     * @return its name
     */
    public String project() {
        return pool.name().project();
    }

    /**
     * Returns the user of this scope.
     *
     * @return the name
     */
    public String user() {
        return pool.name().user();
    }

    /**
     * Checks that the thread is in this scope, or in another scope of the same project and user. Use it for objects
     * other than connections that an application keeps for a scope; connections check it themselves.
     *
     * @throws OutsideScopeException if the thread is in another scope or in none; the message names the current one
     */
    public void requireCurrent() {
        scopes.require(pool.name());
    }

    boolean isOf(PoolName other) {
        return pool.name().equals(other);
    }

    DataSource dataSource() {
        return dataSource;
    }

    DataSource readDataSource() {
        return pools.readPool(project(), user()).dataSource();
    }

    boolean isOfThisThread() {
        return thread == Thread.currentThread();
    }

    ProjectScope onThisThread(@Nullable ProjectScope around) {
        return new ProjectScope(scopes, around, pool, pools);
    }

    @Nullable
    ProjectScope outer() {
        return outer;
    }

    /**
     * Ends the scope and restores the enclosing one. Closing a scope twice has no effect.
     *
     * @throws OutsideScopeException if it is another thread's scope, or not the innermost one
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (Thread.currentThread() != thread) {
            throw new OutsideScopeException(
                    Failure.of("The scope of " + this + " belongs to the thread \"" + thread.getName() + "\"")
                            .fix("close it where it was opened, best by try-with-resources"));
        }
        scopes.end(this);
        closed = true;
    }

    /** Returns {@code user@project}. */
    @Override
    public String toString() {
        return pool.name().toString();
    }
}

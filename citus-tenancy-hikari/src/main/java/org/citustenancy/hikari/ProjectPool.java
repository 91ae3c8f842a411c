package org.citustenancy.hikari;

import java.util.List;
import javax.sql.DataSource;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.hikari.RunningPool;
import org.citustenancy.hikari.pool.PoolFigures;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.EffectiveSettings;
import org.citustenancy.hikari.settings.PoolSettings;

/**
 * A pool of connections to a project's database for one of the project's users. The registry that created the pool
 * closes it. Safe for use by several threads.
 *
 * <pre>{@code
 * ProjectPool pool = pools.pool("app_production", "app_user");
 * try (Connection connection = pool.dataSource().getConnection()) {
 *     connection.createStatement().execute("update users set seen = now()");
 * }
 * if (pool.figures().waiting() > 0) {
 *     log.warn("{}; {}", pool, pools.use());
 * }
 * }</pre>
 */
public final class ProjectPool {

    private final PoolName name;
    private final RunningPool running;

    ProjectPool(
            PoolName name,
            Login login,
            PoolSettings settings,
            List<Target> targets,
            RunningPool.Surroundings surroundings) {
        this.name = name;
        this.running = new RunningPool(name, login, settings, targets, surroundings);
    }

    /**
     * Returns the name of the pool: its project, its user and its kind.
     *
     * @return its name
     */
    public PoolName name() {
        return name;
    }

    /**
     * Returns the data source of the pool. {@link DataSource#getConnection()} throws {@link
     * org.citustenancy.hikari.errors.ConnectionTimeoutException} if no connection becomes available in time, {@link
     * org.citustenancy.hikari.errors.ProjectConnectionException} if the server refuses the connection, and {@link
     * org.citustenancy.hikari.errors.PoolClosedException} if the pool is closed.
     *
     * @return the same object each time
     */
    public DataSource dataSource() {
        return running.dataSource();
    }

    /**
     * Returns the current number of connections and of waiting threads.
     *
     * @return total, idle and waiting
     */
    public PoolFigures figures() {
        return running.figures();
    }

    /**
     * Returns the effective settings and their differences from the requested ones.
     *
     * @return the settings as HikariCP reports them
     */
    public EffectiveSettings settings() {
        return running.effective();
    }

    RunningPool running() {
        return running;
    }

    /** Returns the pool's name and its figures. */
    @Override
    public String toString() {
        PoolFigures figures = figures();
        return name + ": " + figures.total() + " connections, " + figures.idle() + " idle, " + figures.waiting()
                + " threads wait";
    }
}

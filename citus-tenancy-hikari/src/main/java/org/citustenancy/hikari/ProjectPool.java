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
 * The connections of a project for one of its users. It belongs to its registry, which closes it. Safe for use by several
 * threads.
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
     * Whose pool it is.
     *
     * @return its name
     */
    public PoolName name() {
        return name;
    }

    /**
     * Lends connections. {@link DataSource#getConnection()} throws {@link
     * org.citustenancy.hikari.errors.ConnectionTimeoutException} if none becomes available in time, {@link
     * org.citustenancy.hikari.errors.ProjectConnectionException} if the server refuses one, and {@link
     * org.citustenancy.hikari.errors.PoolClosedException} if the pool is closed.
     *
     * @return the same object each time
     */
    public DataSource dataSource() {
        return running.dataSource();
    }

    /**
     * What the pool counts now.
     *
     * @return total, idle and waiting
     */
    public PoolFigures figures() {
        return running.figures();
    }

    /**
     * What is in force, and where it differs from the request.
     *
     * @return as HikariCP has it
     */
    public EffectiveSettings settings() {
        return running.effective();
    }

    RunningPool running() {
        return running;
    }

    /** Its name and its figures. */
    @Override
    public String toString() {
        PoolFigures figures = figures();
        return name + ": " + figures.total() + " connections, " + figures.idle() + " idle, " + figures.waiting()
                + " threads wait";
    }
}

package org.citustenancy.hikari.internal.hikari;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.connections.ConnectionSource;
import org.citustenancy.hikari.internal.connections.ConnectionSource.CutConnections;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.internal.connections.ServedPool;
import org.citustenancy.hikari.internal.connections.Target;
import org.citustenancy.hikari.internal.housekeeping.Housekeeping;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.internal.nodes.WatchedNode;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.pool.PoolFigures;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.EffectiveSettings;
import org.citustenancy.hikari.settings.PoolSettings;
import org.jspecify.annotations.Nullable;

/** A HikariCP pool within the budget. */
public final class RunningPool {

    private final Surroundings surroundings;
    private final ConnectionSource source;
    private final ServedPool pool;
    private final BorrowingDataSource borrowing;
    private final EffectiveSettings effective;
    private final Publication publication;
    private final Consumer<WatchedNode> following;

    /**
     * The objects that all pools of a registry share.
     *
     * @param housekeeping threads
     * @param ledger permits
     * @param watch nodes
     * @param metrics the target of metrics
     * @param unavailable returns why a project is not available now
     */
    public record Surroundings(
            Housekeeping housekeeping,
            Ledger ledger,
            NodeWatch watch,
            PoolMetrics metrics,
            Function<String, Optional<Failure>> unavailable) {}

    /**
     * Starts a pool. It opens no connection before the first request.
     *
     * @param settings the settings
     * @param surroundings the shared objects
     */
    public RunningPool(
            PoolName name, Login login, PoolSettings settings, List<Target> targets, Surroundings surroundings) {
        this.surroundings = surroundings;
        HikariSettings translated = new HikariSettings(name, settings);
        String applicationName = settings.applicationName().orElse(name.project());
        this.source = new ConnectionSource(
                name,
                login,
                applicationName,
                SessionOptions.of(settings),
                targets,
                settings.maxUses(),
                surroundings.ledger(),
                surroundings.housekeeping().closing());
        HikariConfig configuration = translated.configuration();
        configuration.setPoolName(name.toString());
        configuration.setDataSource(source);
        configuration.setScheduledExecutor(surroundings.housekeeping().pools());
        this.publication = new Publication();
        this.pool = started(name, configuration);
        source.serve(pool);
        this.borrowing = new BorrowingDataSource(name, pool, surroundings.ledger(), surroundings.unavailable());
        HikariDataSource running = pool.source();
        this.effective = new EffectiveSettings(
                running.getPoolName(),
                running.getMaximumPoolSize(),
                running.getMinimumIdle(),
                running.getIdleTimeout(),
                running.getConnectionTimeout(),
                TimeUnit.MILLISECONDS.toSeconds(running.getMaxLifetime()),
                settings.maxUses(),
                applicationName,
                translated.words());
        this.following = source::follow;
        surroundings.watch().onChange(following);
    }

    private ServedPool started(PoolName name, HikariConfig configuration) {
        @Nullable HikariDataSource started = null;
        @Nullable ServedPool served = null;
        try {
            surroundings.metrics().measure(name, configuration);
            publication.prepare(configuration);
            started = new HikariDataSource(configuration);
            ServedPool wrapped = new ServedPool(started);
            publication.begin(started);
            served = wrapped;
            return served;
        } catch (IllegalArgumentException refused) {
            throw new InvalidRequestException(
                    Failure.of("HikariCP does not open the pool of " + name + ": " + refused.getMessage())
                            .fix("change what is done to the configuration of HikariCP"),
                    refused);
        } finally {
            if (served == null) {
                publication.end();
                source.close();
                if (started != null) {
                    started.close();
                }
            }
        }
    }

    /** Removes the meters and MXBeans of the pool, so that another pool may have its name. */
    public void unpublish() {
        publication.end();
    }

    /** Returns the data source for borrowers. */
    public DataSource dataSource() {
        return borrowing;
    }

    /**
     * Borrows a connection, and waits no longer than this time.
     *
     * @throws SQLException as the data source does
     */
    public Connection borrow(Duration longest) throws SQLException {
        return borrowing.getConnection(longest.toMillis());
    }

    /** Returns the effective settings. */
    public EffectiveSettings effective() {
        return effective;
    }

    /** Returns the current figures. */
    public PoolFigures figures() {
        int discarded = source.discardedCount();
        int idle = Math.max(0, pool.idle() - discarded);
        return new PoolFigures(Math.max(idle, pool.total() - discarded), idle, pool.waiting());
    }

    /**
     * Replaces the nodes.
     *
     * @param targets the targets of new connections
     */
    public void spread(List<Target> targets) {
        source.spread(targets);
    }

    /** Stops lending, and closes idle connections at once and borrowed ones when they are returned. */
    void beginClosing() {
        borrowing.close();
        source.close();
        surroundings.watch().forget(following);
        pool.evictAll();
    }

    boolean isLending() {
        return pool.borrowed() > 0;
    }

    boolean hasConnections() {
        return source.hasConnections();
    }

    Stream<Runnable> cuts(CutConnections which, Set<String> silentServers) {
        return source.cuts(which, silentServers);
    }

    /** Ends the threads of the pool. The caller has closed its connections, or leaves them to HikariCP. */
    void close() {
        pool.source().close();
    }
}

package org.citustenancy.hikari.settings;

import com.zaxxer.hikari.HikariConfig;
import java.util.Optional;
import java.util.function.Consumer;

/** Settings in the making, each under its name in {@link PoolSettings}. */
public final class PoolSettingsBuilder {

    private int max;
    private int min;
    private long idleTimeoutMillis;
    private long connectionTimeoutMillis;
    private long maxLifetimeSeconds;
    private long maxUses;
    private Optional<String> applicationName;
    private long statementTimeoutMillis;
    private long lockTimeoutMillis;
    private long idleInTransactionSessionTimeoutMillis;
    private Consumer<HikariConfig> anythingElse;

    PoolSettingsBuilder(PoolSettings settings) {
        this.max = settings.max();
        this.min = settings.min();
        this.idleTimeoutMillis = settings.idleTimeoutMillis();
        this.connectionTimeoutMillis = settings.connectionTimeoutMillis();
        this.maxLifetimeSeconds = settings.maxLifetimeSeconds();
        this.maxUses = settings.maxUses();
        this.applicationName = settings.applicationName();
        this.statementTimeoutMillis = settings.statementTimeoutMillis();
        this.lockTimeoutMillis = settings.lockTimeoutMillis();
        this.idleInTransactionSessionTimeoutMillis = settings.idleInTransactionSessionTimeoutMillis();
        this.anythingElse = settings.anythingElse();
    }

    /**
     * The most connections.
     *
     * @param max at least 1
     * @return this builder
     */
    public PoolSettingsBuilder max(int max) {
        this.max = max;
        return this;
    }

    /**
     * How many idle connections are kept.
     *
     * @param min a count
     * @return this builder
     */
    public PoolSettingsBuilder min(int min) {
        this.min = min;
        return this;
    }

    /**
     * After how long an idle connection is closed.
     *
     * @param idleTimeoutMillis milliseconds; 0 is never
     * @return this builder
     */
    public PoolSettingsBuilder idleTimeoutMillis(long idleTimeoutMillis) {
        this.idleTimeoutMillis = idleTimeoutMillis;
        return this;
    }

    /**
     * How long a borrower waits.
     *
     * @param connectionTimeoutMillis milliseconds, at least 250; 0 is unlimited
     * @return this builder
     */
    public PoolSettingsBuilder connectionTimeoutMillis(long connectionTimeoutMillis) {
        this.connectionTimeoutMillis = connectionTimeoutMillis;
        return this;
    }

    /**
     * After how long a connection is replaced.
     *
     * @param maxLifetimeSeconds seconds, at least 30; 0 is never
     * @return this builder
     */
    public PoolSettingsBuilder maxLifetimeSeconds(long maxLifetimeSeconds) {
        this.maxLifetimeSeconds = maxLifetimeSeconds;
        return this;
    }

    /**
     * How often a connection is lent before it is replaced.
     *
     * @param maxUses a count; 0 is without limit
     * @return this builder
     */
    public PoolSettingsBuilder maxUses(long maxUses) {
        this.maxUses = maxUses;
        return this;
    }

    /**
     * What the server shows in its activity.
     *
     * @param applicationName the name
     * @return this builder
     */
    public PoolSettingsBuilder applicationName(String applicationName) {
        this.applicationName = Optional.of(applicationName);
        return this;
    }

    /**
     * How long the server lets a statement run.
     *
     * @param statementTimeoutMillis milliseconds; 0 leaves it to the server
     * @return this builder
     */
    public PoolSettingsBuilder statementTimeoutMillis(long statementTimeoutMillis) {
        this.statementTimeoutMillis = statementTimeoutMillis;
        return this;
    }

    /**
     * How long the server lets a statement wait for a lock.
     *
     * @param lockTimeoutMillis milliseconds; 0 leaves it to the server
     * @return this builder
     */
    public PoolSettingsBuilder lockTimeoutMillis(long lockTimeoutMillis) {
        this.lockTimeoutMillis = lockTimeoutMillis;
        return this;
    }

    /**
     * How long the server lets a transaction idle.
     *
     * @param idleInTransactionSessionTimeoutMillis milliseconds; 0 leaves it to the server
     * @return this builder
     */
    public PoolSettingsBuilder idleInTransactionSessionTimeoutMillis(long idleInTransactionSessionTimeoutMillis) {
        this.idleInTransactionSessionTimeoutMillis = idleInTransactionSessionTimeoutMillis;
        return this;
    }

    /**
     * What else HikariCP can do. What has a name in {@link PoolSettings} is not to be changed here, and neither is what a
     * pool of a project stands on: its data source, credentials, name, executors and initialization.
     *
     * @param anythingElse is handed the configuration of HikariCP, after what was handed over before
     * @return this builder
     */
    public PoolSettingsBuilder hikari(Consumer<HikariConfig> anythingElse) {
        this.anythingElse = this.anythingElse.andThen(anythingElse);
        return this;
    }

    /**
     * The settings.
     *
     * @return an immutable value
     * @throws org.citustenancy.errors.InvalidRequestException if no pool can have them; the message names each
     */
    public PoolSettings build() {
        return new PoolSettings(
                max,
                min,
                idleTimeoutMillis,
                connectionTimeoutMillis,
                maxLifetimeSeconds,
                maxUses,
                applicationName,
                statementTimeoutMillis,
                lockTimeoutMillis,
                idleInTransactionSessionTimeoutMillis,
                anythingElse);
    }
}

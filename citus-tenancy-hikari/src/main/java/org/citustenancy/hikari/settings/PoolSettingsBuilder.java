package org.citustenancy.hikari.settings;

import com.zaxxer.hikari.HikariConfig;
import java.util.Optional;
import java.util.function.Consumer;

/** Builds settings. Each method has the name of a component of {@link PoolSettings}. */
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
     * Sets the most connections.
     *
     * @param max at least 1
     * @return this builder
     */
    public PoolSettingsBuilder max(int max) {
        this.max = max;
        return this;
    }

    /**
     * Sets the number of idle connections that the pool keeps.
     *
     * @param min a count
     * @return this builder
     */
    public PoolSettingsBuilder min(int min) {
        this.min = min;
        return this;
    }

    /**
     * Sets the time after which an idle connection is closed.
     *
     * @param idleTimeoutMillis milliseconds; 0 means never
     * @return this builder
     */
    public PoolSettingsBuilder idleTimeoutMillis(long idleTimeoutMillis) {
        this.idleTimeoutMillis = idleTimeoutMillis;
        return this;
    }

    /**
     * Sets the time that a borrower waits.
     *
     * @param connectionTimeoutMillis milliseconds, at least 250; 0 means no limit
     * @return this builder
     */
    public PoolSettingsBuilder connectionTimeoutMillis(long connectionTimeoutMillis) {
        this.connectionTimeoutMillis = connectionTimeoutMillis;
        return this;
    }

    /**
     * Sets the time after which a connection is replaced.
     *
     * @param maxLifetimeSeconds seconds, at least 30; 0 means never
     * @return this builder
     */
    public PoolSettingsBuilder maxLifetimeSeconds(long maxLifetimeSeconds) {
        this.maxLifetimeSeconds = maxLifetimeSeconds;
        return this;
    }

    /**
     * Sets how often a connection is borrowed before it is replaced.
     *
     * @param maxUses a count; 0 means no limit
     * @return this builder
     */
    public PoolSettingsBuilder maxUses(long maxUses) {
        this.maxUses = maxUses;
        return this;
    }

    /**
     * Sets the name that the server shows in its activity.
     *
     * @param applicationName the name
     * @return this builder
     */
    public PoolSettingsBuilder applicationName(String applicationName) {
        this.applicationName = Optional.of(applicationName);
        return this;
    }

    /**
     * Sets the time after which the server cancels a statement.
     *
     * @param statementTimeoutMillis milliseconds; 0 means the server's default
     * @return this builder
     */
    public PoolSettingsBuilder statementTimeoutMillis(long statementTimeoutMillis) {
        this.statementTimeoutMillis = statementTimeoutMillis;
        return this;
    }

    /**
     * Sets the time after which the server cancels a statement that waits for a lock.
     *
     * @param lockTimeoutMillis milliseconds; 0 means the server's default
     * @return this builder
     */
    public PoolSettingsBuilder lockTimeoutMillis(long lockTimeoutMillis) {
        this.lockTimeoutMillis = lockTimeoutMillis;
        return this;
    }

    /**
     * Sets the time after which the server ends a session that is idle in a transaction.
     *
     * @param idleInTransactionSessionTimeoutMillis milliseconds; 0 means the server's default
     * @return this builder
     */
    public PoolSettingsBuilder idleInTransactionSessionTimeoutMillis(long idleInTransactionSessionTimeoutMillis) {
        this.idleInTransactionSessionTimeoutMillis = idleInTransactionSessionTimeoutMillis;
        return this;
    }

    /**
     * Sets further settings of HikariCP. Do not change settings that have a name in {@link PoolSettings}, or the basis
     * of a project's pool: its data source, credentials, name, executors and initialization.
     *
     * @param anythingElse receives the configuration of HikariCP, after the consumers that were passed before
     * @return this builder
     */
    public PoolSettingsBuilder hikari(Consumer<HikariConfig> anythingElse) {
        this.anythingElse = this.anythingElse.andThen(anythingElse);
        return this;
    }

    /**
     * Builds the settings.
     *
     * @return an immutable value
     * @throws org.citustenancy.errors.InvalidRequestException if the settings are impossible; the message lists each
     * problem
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

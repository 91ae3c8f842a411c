package org.citustenancy.hikari.settings;

import com.zaxxer.hikari.HikariConfig;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * The settings of a pool, with the names and units that node-postgres and the guide use.
 *
 * <pre>{@code
 * PoolSettings settings = PoolSettings.guide().with().max(10).idleTimeoutMillis(60_000).build();
 * }</pre>
 *
 * <p>Two settings of node-postgres are absent. {@code allowExitOnIdle} is not needed, because no thread of a pool keeps
 * a JVM from ending. The server's counterpart of {@code query_timeout} is {@code statementTimeoutMillis}.
 *
 * @param max the most connections, at least 1
 * @param min the number of idle connections that the pool keeps; HikariCP opens them ahead, where node-postgres only
 * stops closing
 * @param idleTimeoutMillis the time after which an idle connection is closed, in milliseconds; 0 means never. HikariCP
 * checks every 30 s, and its minimum is 10 000, to which lower values are raised
 * @param connectionTimeoutMillis the time that a borrower waits, in milliseconds, at least 250; 0 means no limit
 * @param maxLifetimeSeconds the time after which a connection is replaced, in seconds, at least 30; 0 means never
 * @param maxUses how often a connection is borrowed before it is replaced; 0 means no limit
 * @param applicationName the name that the server shows; the project's name by default
 * @param statementTimeoutMillis the server's {@code statement_timeout} in milliseconds; 0 means the server's default
 * @param lockTimeoutMillis the server's {@code lock_timeout} in milliseconds; 0 means the server's default
 * @param idleInTransactionSessionTimeoutMillis the server's {@code idle_in_transaction_session_timeout} in
 * milliseconds; 0 means the server's default
 * @param anythingElse receives the configuration of HikariCP, for settings that have no name here
 */
public record PoolSettings(
        int max,
        int min,
        long idleTimeoutMillis,
        long connectionTimeoutMillis,
        long maxLifetimeSeconds,
        long maxUses,
        Optional<String> applicationName,
        long statementTimeoutMillis,
        long lockTimeoutMillis,
        long idleInTransactionSessionTimeoutMillis,
        Consumer<HikariConfig> anythingElse) {

    private static final PoolSettings GUIDE =
            new PoolSettings(20, 0, 30_000, 30_000, 1_800, 0, Optional.empty(), 0, 0, 0, configuration -> {});

    /**
     * Checks that HikariCP accepts every value unchanged.
     *
     * @throws InvalidRequestException if it does not; the message lists each value
     */
    public PoolSettings {
        List<String> impossible = new ImpossibleSettings()
                .unless(max >= 1, "max is %d, but a pool has at least 1 connection", max)
                .unless(min >= 0, "min is %d, but cannot be negative", min)
                .unless(min <= max, "min is %d, more than max, which is %d", min, max)
                .unless(idleTimeoutMillis >= 0, "idleTimeoutMillis is %d, but cannot be negative", idleTimeoutMillis)
                .unless(
                        connectionTimeoutMillis == 0 || connectionTimeoutMillis >= 250,
                        "connectionTimeoutMillis is %d, but HikariCP takes 0 (unlimited) or 250 and more",
                        connectionTimeoutMillis)
                .unless(
                        connectionTimeoutMillis <= Integer.MAX_VALUE,
                        "connectionTimeoutMillis is %d, but cannot be more than 2147483647",
                        connectionTimeoutMillis)
                .unless(
                        maxLifetimeSeconds == 0 || maxLifetimeSeconds >= 30,
                        "maxLifetimeSeconds is %d, but HikariCP takes 0 (never) or 30 and more",
                        maxLifetimeSeconds)
                .unless(
                        maxLifetimeSeconds <= Integer.MAX_VALUE,
                        "maxLifetimeSeconds is %d, but cannot be more than 2147483647",
                        maxLifetimeSeconds)
                .unless(
                        idleTimeoutMillis == 0
                                || maxLifetimeSeconds <= 0
                                || min == max
                                || Math.max(idleTimeoutMillis, 10_000) + 1_000 <= maxLifetimeSeconds * 1_000,
                        "idleTimeoutMillis is %d, but must be at least 1 s below maxLifetimeSeconds, which is %d, or HikariCP"
                                + " switches it off",
                        idleTimeoutMillis,
                        maxLifetimeSeconds)
                .unless(maxUses >= 0, "maxUses is %d, but cannot be negative", maxUses)
                .milliseconds("statementTimeoutMillis", statementTimeoutMillis)
                .milliseconds("lockTimeoutMillis", lockTimeoutMillis)
                .milliseconds("idleInTransactionSessionTimeoutMillis", idleInTransactionSessionTimeoutMillis)
                .found();
        if (!impossible.isEmpty()) {
            throw new InvalidRequestException(
                    Failure.of("No pool can have these settings: " + String.join("; ", impossible))
                            .fix("change " + (impossible.size() == 1 ? "it" : "them")));
        }
    }

    /**
     * Returns the settings of the guide's pool: at most 20 connections, none opened ahead, idle ones closed after 30
     * 000 ms. In addition to the guide, a borrower waits for 30 000 ms, and connections are replaced after 1 800 s.
     *
     * @return the default
     */
    public static PoolSettings guide() {
        return GUIDE;
    }

    /**
     * Returns a builder that starts with these settings.
     *
     * @return a builder
     */
    public PoolSettingsBuilder with() {
        return new PoolSettingsBuilder(this);
    }

    /**
     * Returns whether any time-out of the server is set here.
     *
     * @return true if one of the three is not 0
     */
    public boolean hasServerTimeouts() {
        return statementTimeoutMillis > 0 || lockTimeoutMillis > 0 || idleInTransactionSessionTimeoutMillis > 0;
    }
}

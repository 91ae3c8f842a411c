package org.citustenancy.hikari.internal.hikari;

import com.zaxxer.hikari.HikariConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.PoolSettings;

/**
 * Maps the requested settings to the configuration of HikariCP. HikariCP replaces no value silently: this class raises
 * a value and logs that, or rejects it.
 */
final class HikariSettings {

    static final long LEAST_IDLE_TIMEOUT = 10_000;
    private static final long LEAST_KEEPALIVE = 30_000;
    private static final long LEAST_LEAK_DETECTION = 2_000;

    private final HikariConfig configuration = new HikariConfig();
    private final List<String> words = new ArrayList<>();

    HikariSettings(PoolName name, PoolSettings settings) {
        apply(settings);
        settings.anythingElse().accept(configuration);
        List<String> wrong = new ArrayList<>(touched(settings));
        wrong.addAll(replaced());
        if (!wrong.isEmpty()) {
            throw new InvalidRequestException(
                    Failure.of("The pool of " + name + " cannot be configured like this: " + String.join("; ", wrong))
                            .fix("change what is done to the configuration of HikariCP"));
        }
    }

    HikariConfig configuration() {
        return configuration;
    }

    List<String> words() {
        return words;
    }

    private void apply(PoolSettings settings) {
        configuration.setMaximumPoolSize(settings.max());
        configuration.setMinimumIdle(settings.min());
        configuration.setIdleTimeout(idleTimeout(settings));
        configuration.setConnectionTimeout(settings.connectionTimeoutMillis());
        configuration.setMaxLifetime(lifetime(settings));
        // Pools start empty, and the first request for a connection detects a wrong password.
        configuration.setInitializationFailTimeout(-1);
        if (settings.maxLifetimeSeconds() > 0 && configuration.getKeepaliveTime() >= lifetime(settings)) {
            configuration.setKeepaliveTime(0);
            words.add(
                    "idle connections are not kept alive, because their lifetime is shorter than HikariCP's keepaliveTime");
        }
        if (settings.min() > 0) {
            words.add("min is " + settings.min()
                    + ": HikariCP opens as many ahead, as far as the budget has them to spare");
        }
    }

    private static long lifetime(PoolSettings settings) {
        return TimeUnit.SECONDS.toMillis(settings.maxLifetimeSeconds());
    }

    private long idleTimeout(PoolSettings settings) {
        long asked = settings.idleTimeoutMillis();
        if (settings.min() == settings.max()) {
            words.add("idleTimeoutMillis has no effect, for min and max are the same");
            return 0;
        }
        if (asked > 0 && asked < LEAST_IDLE_TIMEOUT) {
            words.add("idleTimeoutMillis is " + LEAST_IDLE_TIMEOUT + " instead of " + asked
                    + ", the least that HikariCP takes");
            return LEAST_IDLE_TIMEOUT;
        }
        return asked;
    }

    /**
     * Returns the properties that are named in the settings, or are the basis of a project's pool, and were changed
     * directly.
     */
    private List<String> touched(PoolSettings settings) {
        List<String> touched = new ArrayList<>();
        HikariConfig before = new HikariSettings(settings).configuration;
        compare(touched, "maximumPoolSize (max)", before.getMaximumPoolSize(), configuration.getMaximumPoolSize());
        compare(touched, "minimumIdle (min)", before.getMinimumIdle(), configuration.getMinimumIdle());
        compare(touched, "idleTimeout (idleTimeoutMillis)", before.getIdleTimeout(), configuration.getIdleTimeout());
        compare(
                touched,
                "connectionTimeout (connectionTimeoutMillis)",
                before.getConnectionTimeout(),
                configuration.getConnectionTimeout());
        compare(touched, "maxLifetime (maxLifetimeSeconds)", before.getMaxLifetime(), configuration.getMaxLifetime());
        compare(
                touched,
                "initializationFailTimeout",
                before.getInitializationFailTimeout(),
                configuration.getInitializationFailTimeout());
        compare(touched, "jdbcUrl", before.getJdbcUrl(), configuration.getJdbcUrl());
        compare(touched, "dataSource", before.getDataSource(), configuration.getDataSource());
        compare(
                touched,
                "dataSourceClassName",
                before.getDataSourceClassName(),
                configuration.getDataSourceClassName());
        compare(
                touched,
                "driverClassName (the URL, as jdbc:p6spy:postgresql:)",
                before.getDriverClassName(),
                configuration.getDriverClassName());
        compare(touched, "dataSourceJNDI", before.getDataSourceJNDI(), configuration.getDataSourceJNDI());
        compare(
                touched,
                "dataSourceProperties (the URL)",
                before.getDataSourceProperties(),
                configuration.getDataSourceProperties());
        compare(touched, "password (the registration)", before.getPassword(), configuration.getPassword());
        compare(
                touched,
                "credentialsProvider (the registration, with a supplier)",
                before.getCredentialsProvider(),
                configuration.getCredentialsProvider());
        compare(touched, "username", before.getUsername(), configuration.getUsername());
        compare(touched, "poolName", before.getPoolName(), configuration.getPoolName());
        compare(touched, "scheduledExecutor", before.getScheduledExecutor(), configuration.getScheduledExecutor());
        return touched;
    }

    private HikariSettings(PoolSettings settings) {
        apply(settings);
    }

    private static void compare(List<String> touched, String property, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            touched.add(property + " is not to be set there");
        }
    }

    /** Returns the values that HikariCP would replace, with a line in its log. */
    private List<String> replaced() {
        List<String> replaced = new ArrayList<>();
        long lifetime = configuration.getMaxLifetime();
        long keepalive = configuration.getKeepaliveTime();
        if (keepalive != 0 && keepalive < LEAST_KEEPALIVE) {
            replaced.add("keepaliveTime is " + keepalive + ", but HikariCP takes 0 (never) or 30000 and more");
        }
        if (keepalive != 0 && lifetime != 0 && keepalive >= lifetime) {
            replaced.add("keepaliveTime is " + keepalive + ", not below the maximum lifetime of " + lifetime);
        }
        long leak = configuration.getLeakDetectionThreshold();
        if (leak > 0 && (leak < LEAST_LEAK_DETECTION || (lifetime > 0 && leak > lifetime))) {
            replaced.add("leakDetectionThreshold is " + leak
                    + ", but HikariCP takes 0 (never) or 2000 and more, up to the maximum lifetime");
        }
        return replaced;
    }
}

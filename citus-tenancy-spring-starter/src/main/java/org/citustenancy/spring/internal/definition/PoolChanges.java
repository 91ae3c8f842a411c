package org.citustenancy.spring.internal.definition;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.spring.properties.PoolProperties;
import org.jspecify.annotations.Nullable;

/** Reads which settings of a pool the properties contain, each under one of its names. */
final class PoolChanges {

    static final String KEEPALIVE = "keepalive-time";
    static final String LEAK_DETECTION = "leak-detection-threshold";
    static final String LIFETIME = "max-lifetime";

    private final Problems problems;
    private final String where;
    private final List<PoolChange> found = new ArrayList<>();

    /**
     * A setting that is a time.
     *
     * @param name its name without a unit
     * @param unit the unit of its other name
     * @param least the least number of units except 0 that HikariCP does not replace
     */
    private record Time(String name, ChronoUnit unit, long least) {

        static Time millis(String name) {
            return new Time(name, ChronoUnit.MILLIS, 0);
        }

        /** Returns the least value if HikariCP would replace this one, and otherwise 0. */
        long leastInPlaceOf(long units) {
            return units > 0 && units < least ? least : 0;
        }

        String nameWithUnit() {
            return name + "-" + unit.toString().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Creates a reader.
     *
     * @param where the name of the group of properties
     */
    PoolChanges(Problems problems, String where) {
        this.problems = problems;
        this.where = where;
    }

    List<PoolChange> read(PoolProperties pool) {
        add("max", pool.max(), PoolSettingsBuilder::max);
        add("min", pool.min(), PoolSettingsBuilder::min);
        add("max-uses", pool.maxUses(), PoolSettingsBuilder::maxUses);
        add("application-name", pool.applicationName(), PoolSettingsBuilder::applicationName);
        add(
                "connection-init-sql",
                pool.connectionInitSql(),
                (builder, sql) -> builder.hikari(pooled -> pooled.setConnectionInitSql(sql)));
        addTimes(pool);
        addTimesOfServer(pool);
        return found;
    }

    private void addTimes(PoolProperties pool) {
        add(
                new Time("idle-timeout", ChronoUnit.MILLIS, 10_000),
                pool.idleTimeout(),
                pool.idleTimeoutMillis(),
                PoolSettingsBuilder::idleTimeoutMillis);
        add(
                Time.millis("connection-timeout"),
                pool.connectionTimeout(),
                pool.connectionTimeoutMillis(),
                PoolSettingsBuilder::connectionTimeoutMillis);
        add(
                new Time(LIFETIME, ChronoUnit.SECONDS, 0),
                pool.maxLifetime(),
                pool.maxLifetimeSeconds(),
                PoolSettingsBuilder::maxLifetimeSeconds);
        add(
                new Time(KEEPALIVE, ChronoUnit.MILLIS, 30_000),
                pool.keepaliveTime(),
                null,
                (builder, millis) -> builder.hikari(pooled -> pooled.setKeepaliveTime(millis)));
        add(
                new Time(LEAK_DETECTION, ChronoUnit.MILLIS, 2_000),
                pool.leakDetectionThreshold(),
                null,
                (builder, millis) -> builder.hikari(pooled -> pooled.setLeakDetectionThreshold(millis)));
    }

    private void addTimesOfServer(PoolProperties pool) {
        add(
                Time.millis("statement-timeout"),
                pool.statementTimeout(),
                pool.statementTimeoutMillis(),
                PoolSettingsBuilder::statementTimeoutMillis);
        add(
                Time.millis("lock-timeout"),
                pool.lockTimeout(),
                pool.lockTimeoutMillis(),
                PoolSettingsBuilder::lockTimeoutMillis);
        add(
                Time.millis("idle-in-transaction-session-timeout"),
                pool.idleInTransactionSessionTimeout(),
                pool.idleInTransactionSessionTimeoutMillis(),
                PoolSettingsBuilder::idleInTransactionSessionTimeoutMillis);
    }

    private void add(
            Time time,
            @Nullable Duration duration,
            @Nullable Long number,
            BiFunction<PoolSettingsBuilder, Long, PoolSettingsBuilder> setting) {
        if (duration != null && number != null) {
            problems.add(
                    where + "." + time.name() + ", " + where + "." + time.nameWithUnit(),
                    "are the same setting",
                    "remove one of them");
        } else if (duration != null && !duration.truncatedTo(time.unit()).equals(duration)) {
            problems.add(
                    where + "." + time.name(),
                    "is " + duration + ", which has a part of "
                            + (time.unit() == ChronoUnit.SECONDS ? "a second" : "a millisecond"),
                    "round it");
        } else if (duration != null) {
            long units = duration.dividedBy(time.unit().getDuration());
            String shown = units + (time.unit() == ChronoUnit.SECONDS ? " s" : " ms");
            found.add(new PoolChange(
                    time.name(), shown, time.leastInPlaceOf(units), builder -> setting.apply(builder, units)));
        } else if (number != null) {
            found.add(new PoolChange(
                    time.nameWithUnit(),
                    String.valueOf(number),
                    time.leastInPlaceOf(number),
                    builder -> setting.apply(builder, number)));
        }
    }

    private <T> void add(
            String name, @Nullable T value, BiFunction<PoolSettingsBuilder, T, PoolSettingsBuilder> setting) {
        if (value != null) {
            found.add(new PoolChange(name, String.valueOf(value), 0, builder -> setting.apply(builder, value)));
        }
    }
}

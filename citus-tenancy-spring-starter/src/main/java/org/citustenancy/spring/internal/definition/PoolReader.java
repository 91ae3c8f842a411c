package org.citustenancy.spring.internal.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.spring.properties.PoolProperties;
import org.jspecify.annotations.Nullable;

/** Reads settings of pools, and rejects values that HikariCP would replace. */
final class PoolReader {

    private static final String ANOTHER = "take another value, or leave it out";

    private static final long LEAST_IDLE_TIMEOUT_MILLIS = 10_000;

    private final Problems problems;

    PoolReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the settings on top of others, or the others if there is a problem. */
    PoolSettings read(String where, PoolProperties properties, PoolSettings others) {
        List<Change> changes = changes(properties);
        List<Change> possible =
                changes.stream().filter(change -> isPossible(where, change)).toList();
        PoolSettingsBuilder builder = others.with();
        for (Change change : possible) {
            builder = change.change().apply(builder);
        }
        try {
            return builder.build();
        } catch (InvalidRequestException impossible) {
            String what = impossible.failure().what();
            problems.add(
                    possible.stream().map(change -> where + "." + change.name()).collect(Collectors.joining(", ")),
                    (possible.size() == 1 ? "cannot be so: " : "cannot be together: ")
                            + what.substring(what.indexOf(": ") + 2),
                    possible.size() == 1 ? ANOTHER : "change one of them");
            return others;
        }
    }

    /** Returns whether the value is valid on its own, regardless of the other settings. */
    private boolean isPossible(String where, Change change) {
        if (change.name().equals("idle-timeout-millis")
                && change.value() instanceof Long millis
                && millis > 0
                && millis < LEAST_IDLE_TIMEOUT_MILLIS) {
            problems.add(
                    where + "." + change.name(),
                    "is " + millis + ", but HikariCP takes 0 (never) or " + LEAST_IDLE_TIMEOUT_MILLIS + " and more",
                    ANOTHER);
            return false;
        }
        PoolSettingsBuilder roomy = PoolSettings.guide()
                .with()
                .max(Integer.MAX_VALUE)
                .idleTimeoutMillis(0)
                .maxLifetimeSeconds(0);
        try {
            change.change().apply(roomy).build();
            return true;
        } catch (InvalidRequestException impossible) {
            problems.add(where + "." + change.name(), "is " + change.value() + why(impossible), ANOTHER);
            return false;
        }
    }

    /** Returns the rest of the message, which begins with the name of the setting in Java. */
    private static String why(InvalidRequestException impossible) {
        String what = impossible.failure().what();
        int but = what.indexOf(", but ");
        return but < 0 ? ": " + what : what.substring(but);
    }

    private static List<Change> changes(PoolProperties pool) {
        List<Change> all = new ArrayList<>();
        add(all, "max", pool.max(), PoolSettingsBuilder::max);
        add(all, "min", pool.min(), PoolSettingsBuilder::min);
        add(all, "idle-timeout-millis", pool.idleTimeoutMillis(), PoolSettingsBuilder::idleTimeoutMillis);
        add(
                all,
                "connection-timeout-millis",
                pool.connectionTimeoutMillis(),
                PoolSettingsBuilder::connectionTimeoutMillis);
        add(all, "max-lifetime-seconds", pool.maxLifetimeSeconds(), PoolSettingsBuilder::maxLifetimeSeconds);
        add(all, "max-uses", pool.maxUses(), PoolSettingsBuilder::maxUses);
        add(all, "application-name", pool.applicationName(), PoolSettingsBuilder::applicationName);
        add(
                all,
                "statement-timeout-millis",
                pool.statementTimeoutMillis(),
                PoolSettingsBuilder::statementTimeoutMillis);
        add(all, "lock-timeout-millis", pool.lockTimeoutMillis(), PoolSettingsBuilder::lockTimeoutMillis);
        add(
                all,
                "idle-in-transaction-session-timeout-millis",
                pool.idleInTransactionSessionTimeoutMillis(),
                PoolSettingsBuilder::idleInTransactionSessionTimeoutMillis);
        return all;
    }

    private static <T> void add(
            List<Change> changes,
            String name,
            @Nullable T value,
            BiFunction<PoolSettingsBuilder, T, PoolSettingsBuilder> change) {
        if (value != null) {
            changes.add(new Change(name, value, builder -> change.apply(builder, value)));
        }
    }

    /** A property that is set. */
    private record Change(String name, Object value, UnaryOperator<PoolSettingsBuilder> change) {}
}

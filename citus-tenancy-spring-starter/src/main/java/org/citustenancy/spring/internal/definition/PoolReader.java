package org.citustenancy.spring.internal.definition;

import com.zaxxer.hikari.HikariConfig;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.spring.properties.PoolProperties;

/** Reads settings of pools, and rejects values that HikariCP would replace. */
final class PoolReader {

    private static final String ANOTHER = "take another value, or leave it out";

    private final Problems problems;

    PoolReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the settings on top of others, or the others if there is a problem. */
    PoolSettings read(String where, PoolProperties properties, PoolSettings others) {
        List<PoolChange> possible = new PoolChanges(problems, where)
                .read(properties).stream()
                        .filter(change -> isPossible(where, change))
                        .toList();
        PoolSettingsBuilder builder = others.with();
        for (PoolChange change : possible) {
            builder = change.change().apply(builder);
        }
        try {
            PoolSettings settings = builder.build();
            refuseBeyondLifetime(where, possible, settings);
            return settings;
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
    private boolean isPossible(String where, PoolChange change) {
        if (change.isBelowLeast()) {
            problems.add(
                    where + "." + change.name(),
                    "is " + change.shown() + ", but HikariCP takes 0 (never) or " + change.least() + " and more",
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
            problems.add(where + "." + change.name(), "is " + change.shown() + why(impossible), ANOTHER);
            return false;
        }
    }

    /** Returns the rest of the message, which begins with the name of the setting in Java. */
    private static String why(InvalidRequestException impossible) {
        String what = impossible.failure().what();
        int but = what.indexOf(", but ");
        return but < 0 ? ": " + what : what.substring(but);
    }

    /** HikariCP would switch off what takes longer than a connection lives. */
    private void refuseBeyondLifetime(String where, List<PoolChange> changes, PoolSettings settings) {
        long lifetime = TimeUnit.SECONDS.toMillis(settings.maxLifetimeSeconds());
        if (lifetime == 0) {
            return;
        }
        HikariConfig usual = new HikariConfig();
        HikariConfig chosen = new HikariConfig();
        settings.anythingElse().accept(chosen);
        boolean keepaliveIsUsual = chosen.getKeepaliveTime() == usual.getKeepaliveTime();
        if (!keepaliveIsUsual && chosen.getKeepaliveTime() >= lifetime) {
            refuse(where, changes, PoolChanges.KEEPALIVE, chosen.getKeepaliveTime(), lifetime);
        }
        if (chosen.getLeakDetectionThreshold() > lifetime) {
            refuse(where, changes, PoolChanges.LEAK_DETECTION, chosen.getLeakDetectionThreshold(), lifetime);
        }
    }

    private void refuse(String where, List<PoolChange> changes, String name, long millis, long lifetime) {
        List<String> written = changes.stream()
                .map(PoolChange::name)
                .filter(changed -> changed.equals(name) || changed.startsWith(PoolChanges.LIFETIME))
                .toList();
        if (!written.isEmpty()) {
            problems.add(
                    written.stream().map(each -> where + "." + each).collect(Collectors.joining(", ")),
                    "cannot be so: " + name + " is " + millis + " ms, but a connection is replaced after " + lifetime
                            + " ms",
                    "take a shorter " + name + ", or a longer " + PoolChanges.LIFETIME);
        }
    }
}

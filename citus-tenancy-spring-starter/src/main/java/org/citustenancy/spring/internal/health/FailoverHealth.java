package org.citustenancy.spring.internal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.failover.RecoveryReport;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Checks that the failover monitor runs its rounds, and that nothing keeps it from following a failover. */
final class FailoverHealth implements HealthIndicator {

    /** Rounds that reach no coordinator end without a report. */
    private static final Duration OVERDUE = Duration.ofMinutes(2);

    private final ClusterServices services;
    private final FailoverOptions options;
    private final Status down;

    FailoverHealth(ClusterServices services, FailoverOptions options, Status down) {
        this.services = services;
        this.options = options;
        this.down = down;
    }

    @Override
    public Health health() {
        Optional<FailoverMonitor> monitor = services.monitor();
        Optional<FailoverReport> nodes = monitor.flatMap(FailoverMonitor::lastReport);
        if (nodes.isEmpty()) {
            return Health.unknown()
                    .withDetail("reason", "the monitor has run no round yet")
                    .build();
        }
        Health.Builder health = Health.up()
                .withDetail("round", nodes.get().at())
                .withDetail("acts", nodes.get().acted());
        List<String> obstacles = new ArrayList<>(nodes.get().obstacles());
        addIfOverdue(obstacles, "round of the monitor", nodes.get().at(), options.interval());
        Optional<RecoveryReport> recovery =
                monitor.flatMap(running -> running.recovery().lastReport());
        recovery.ifPresent(report -> {
            health.withDetail("recovery", report.at());
            obstacles.addAll(report.obstacles());
        });
        Instant recovered = recovery.map(RecoveryReport::at).orElse(services.started());
        addIfOverdue(
                obstacles,
                "recovery of transactions",
                recovered,
                options.recovery().interval());
        return obstacles.isEmpty()
                ? health.build()
                : health.status(down).withDetail("obstacles", obstacles).build();
    }

    private static void addIfOverdue(List<String> obstacles, String what, Instant last, Duration interval) {
        Duration age = Duration.between(last, Instant.now());
        if (age.compareTo(interval.plus(OVERDUE)) > 0) {
            obstacles.add("No " + what + " has ended for " + age.toSeconds() + " s; see the log");
        }
    }
}

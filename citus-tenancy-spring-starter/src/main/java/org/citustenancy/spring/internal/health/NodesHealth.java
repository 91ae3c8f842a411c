package org.citustenancy.spring.internal.health;

import java.util.List;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.workers.Worker;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** Checks that the coordinator responds and reaches each worker. */
final class NodesHealth implements HealthIndicator {

    private final ClusterConnection connection;
    private final Status down;

    NodesHealth(ClusterConnection connection, Status down) {
        this.connection = connection;
        this.down = down;
    }

    @Override
    public Health health() {
        Optional<CitusCluster> cluster = connection.ifConnected();
        if (cluster.isEmpty()) {
            return Health.unknown()
                    .withDetail("reason", "the application has not connected to the cluster yet")
                    .build();
        }
        try {
            Health.Builder health = Health.up()
                    .withDetail(cluster.get().topology().coordinator().address(), "answers");
            List<Worker> workers = cluster.get().workers().list();
            workers.forEach(worker ->
                    health.withDetail(worker.node().address(), worker.failure().orElse("answers")));
            return workers.stream().allMatch(Worker::answers)
                    ? health.build()
                    : health.status(down).build();
        } catch (CitusTenancyException unavailable) {
            return Health.status(down)
                    .withDetail("error", String.valueOf(unavailable.getMessage()))
                    .build();
        }
    }
}

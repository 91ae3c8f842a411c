package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until Citus has sent the workers the addresses of all nodes. Citus refuses the next change of the nodes before
 * that.
 */
final class MetadataSync {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataSync.class);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    /** The time limit. A worker that does not answer never gets the addresses; all others have them long before. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Cluster cluster;

    MetadataSync(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Waits for all databases at the same time. */
    void await(List<String> databases) {
        Deadline limit = Deadline.in(LIMIT);
        cluster.together().each(databases, database -> {
            await(database, limit);
            return database;
        });
    }

    private void await(String database, Deadline limit) {
        Deadline deadline = cluster.deadline();
        try (Session session = cluster.sessions().admin(database, deadline)) {
            String left = unsynced(session);
            while (!left.isEmpty() && limit.remainingNanos() > 0) {
                deadline.sleep(BETWEEN, session.place());
                left = unsynced(session);
            }
            if (!left.isEmpty()) {
                LOG.warn(
                        "In \"{}\", Citus has not yet sent {} the addresses of the nodes, and goes on trying",
                        database,
                        left);
            }
        }
    }

    private static String unsynced(Session session) {
        return session.fetch(WorkerQueries.unsynced()).stream()
                .map(row -> row.get(PG_DIST_NODE.host) + ":" + row.get(PG_DIST_NODE.port))
                .collect(Collectors.joining(", "));
    }
}

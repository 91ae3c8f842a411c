package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Sessions;

/**
 * What every operation on a cluster works with.
 *
 * @param sessions opens sessions on the coordinator
 * @param threads runs what waits for a server
 * @param requireCitus whether a server without Citus is refused
 * @param allowed how long an operation may take
 * @param libraryVersion who writes the registry
 */
public record Cluster(
        Sessions sessions, ExecutorService threads, boolean requireCitus, Duration allowed, String libraryVersion) {

    /**
     * A deadline for an operation that begins now.
     *
     * @return the deadline
     */
    public Deadline deadline() {
        return Deadline.in(allowed);
    }

    /**
     * The database where administration connects.
     *
     * @return its name
     */
    public String maintenanceDatabase() {
        return sessions.address().maintenanceDatabase();
    }
}

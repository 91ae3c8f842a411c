package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.progress.ProgressReports;
import org.citustenancy.internal.registry.KnownRegistry;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.users.PasswordListener;

/**
 * The resources and settings of every operation on a cluster.
 *
 * @param sessions opens sessions on the coordinator
 * @param threads runs tasks that wait for a server
 * @param requireCitus whether a server without Citus is refused
 * @param allowed how long an operation may take
 * @param writerVersion the version of the library that writes the registry
 * @param parallelism how many projects are processed at the same time
 * @param requireCapacity whether to refuse a project that would get no maintenance daemon
 * @param emptyTemplates whether to create empty templates, from which other databases are copied
 * @param endSessionsOnRotation whether a change of a password may end the user's sessions
 * @param knownRegistry whether the registry was found
 * @param passwordListener is notified of each password that an operation has changed
 * @param reports reports the progress of an operation
 */
public record Cluster(
        Sessions sessions,
        ExecutorService threads,
        boolean requireCitus,
        Duration allowed,
        String writerVersion,
        int parallelism,
        boolean requireCapacity,
        boolean emptyTemplates,
        boolean endSessionsOnRotation,
        KnownRegistry knownRegistry,
        PasswordListener passwordListener,
        ProgressReports reports) {

    /** Returns a deadline for an operation that begins now. */
    public Deadline deadline() {
        return sessions.deadline(allowed);
    }

    /**
     * Returns the same cluster with another time limit for operations.
     *
     * @param time how long an operation may take at most
     */
    public Cluster within(Duration time) {
        return new Cluster(
                sessions,
                threads,
                requireCitus,
                time.compareTo(allowed) < 0 ? time : allowed,
                writerVersion,
                parallelism,
                requireCapacity,
                emptyTemplates,
                endSessionsOnRotation,
                knownRegistry,
                passwordListener,
                reports);
    }

    /** Returns the name of the maintenance database. */
    public String maintenanceDatabase() {
        return sessions.address().maintenanceDatabase();
    }

    /**
     * Returns tasks that run the same operation for several projects.
     *
     * @return tasks with the configured parallelism
     */
    public ParallelTasks together() {
        return new ParallelTasks(threads, parallelism);
    }

    /**
     * Returns the registry.
     *
     * @param session a session in the maintenance database
     * @return the registry in that database
     */
    public ProjectRegistry registry(Session session) {
        return new ProjectRegistry(session, writerVersion, knownRegistry);
    }
}

package org.citustenancy.internal.capacity;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.capacity.Processes;
import org.citustenancy.errors.CapacityException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.CapacityObserver;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.registry.LivingServices;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Checks whether a new project would get its maintenance daemon on every node. A service that suspends unused projects
 * makes room, so a call that creates a project waits for it.
 */
public final class RoomForProject {

    /** The time limit for the service, which needs about 7 s to suspend projects and works in rounds. */
    private static final Duration MADE_WITHIN = Duration.ofSeconds(30);

    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private RoomForProject() {}

    /**
     * Creates a project, again and again while there is no room for it and a service makes some. Each attempt must
     * release its locks, which other operations need.
     *
     * @param deadline the time by which the call must have ended
     * @param maintenance opens a session in the maintenance database
     * @param attempt creates the project, or changes nothing and throws
     * @throws CapacityException if there is no room in time
     */
    public static <T> T awaiting(Deadline deadline, Function<Deadline, Session> maintenance, Supplier<T> attempt) {
        long end = System.nanoTime() + Math.min(MADE_WITHIN.toNanos(), deadline.remainingNanos());
        while (true) {
            try {
                return attempt.get();
            } catch (CapacityException refusal) {
                if (end - System.nanoTime() <= BETWEEN.toNanos() || !isMade(maintenance, deadline)) {
                    throw refusal;
                }
                deadline.sleep(BETWEEN, refusal.failure().where());
            }
        }
    }

    private static boolean isMade(Function<Deadline, Session> maintenance, Deadline deadline) {
        try (Session session = maintenance.apply(deadline)) {
            return LivingServices.suspend(session);
        }
    }

    /**
     * Throws if it would not. The caller holds the lock on what projects share, so that two projects do not use the
     * same capacity.
     *
     * @param project the new project, which the registry does not contain yet
     * @param registry the other projects
     * @throws CapacityException with the settings to raise
     */
    public static void check(String project, Session maintenance, Topology topology, ProjectRegistry registry) {
        if (topology.citus()) {
            Map<Node, Processes> seen =
                    BatchQueryExecutor.ask(maintenance, topology, processes(maintenance, topology, registry));
            check(seen, project, maintenance, topology, registry);
        }
    }

    /** Returns the question that the check asks, for a caller that asks it together with others. */
    public static Question<Processes> processes(Session maintenance, Topology topology, ProjectRegistry registry) {
        return CapacityReader.counted(maintenance, new CapacityObserver(topology, registry.count()))
                .processes();
    }

    /**
     * Throws under the same condition, for a caller that has read the registry.
     *
     * @param project the new project, which the registry does not contain yet
     * @param registry the other projects
     * @throws CapacityException with the settings to raise
     */
    public static void check(
            Map<Node, Processes> seen,
            String project,
            Session maintenance,
            Topology topology,
            ProjectRegistry registry) {
        if (seen.values().stream().allMatch(processes -> processes.free() > 0)) {
            return;
        }
        Capacity capacity = CapacityReader.readWithoutSizes(maintenance, topology, registry);
        if (capacity.moreProjects() < 1) {
            throw new CapacityException(
                    Failure.of(
                                    "There is no background process left for the maintenance daemon of \"" + project
                                            + "\": without it Citus would neither detect deadlocks there nor finish prepared transactions")
                            .where(Place.unknown().in(project))
                            .state("nothing was changed")
                            .fix(
                                    String.join("; ", capacity.toRaiseFor(1))
                                            + "; or suspend unused projects, see autosuspend(); or connect with requireCapacity(false) to create it all the same"));
        }
    }
}

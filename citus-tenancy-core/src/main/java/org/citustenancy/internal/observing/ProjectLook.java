package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.InsideObserver.Inside;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * One observation of a project on all nodes, from outside its database and from inside.
 *
 * <p>A worker that is reached directly has a session in its maintenance database. Its catalogs are cached in that
 * session, which first shows whether there is a database to enter. For any other worker each question costs a new
 * connection, so both kinds of question are sent together if possible.
 */
final class ProjectLook {

    private static final String CITUS = "citus";

    private final Topology topology;
    private final ProjectSessions sessions;
    private final InsideObserver insideObserver;
    private final Question<Outside> outside;

    ProjectLook(Topology topology, ProjectSessions sessions, DesiredProject desired, Question<Outside> outside) {
        this.topology = topology;
        this.sessions = sessions;
        this.insideObserver = new InsideObserver(desired);
        this.outside = outside;
    }

    /** The observed state of a node, from outside the database and, if it exists, from inside. */
    record Seen(Outside outside, Optional<Inside> inside) {

        static Seen fromOutside(Outside outside) {
            return new Seen(outside, Optional.empty());
        }

        Seen with(Inside found) {
            return new Seen(outside, Optional.of(found));
        }

        /**
         * Checks whether the database may be entered. If the admin is not protected, the database's settings could make
         * an observation run the owner's code.
         */
        boolean mayBeEntered() {
            return outside.database()
                    .map(there -> there.allowsConnections() && there.protectsAdmin())
                    .orElse(false);
        }
    }

    Map<Node, Seen> everywhere() {
        Map<Node, Seen> seen = new HashMap<>();
        Seen coordinator = onCoordinator();
        seen.put(topology.coordinator(), coordinator);
        List<Node> workers = topology.workers();
        Set<Node> near = NodeCommands.nearest(sessions.maintenance()).directlyReachable(workers);
        fromOutside(seen, List.copyOf(near));
        boolean wayInside = coordinator
                .inside()
                .map(there -> isWayToWorkers(coordinator, there))
                .orElse(false);
        if (wayInside) {
            BatchQueryExecutor.tryWorkers(sessions.project(), open(seen, near), insideObserver.question(true))
                    .forEach((worker, reply) -> reply.answer()
                            .ifPresent(inside -> seen.computeIfPresent(worker, (same, there) -> there.with(inside))));
            BatchQueryExecutor.tryWorkers(
                            sessions.project(),
                            without(seen.keySet(), workers),
                            outside.and(
                                    insideObserver.question(true),
                                    (from, inside) -> new Seen(from, Optional.of(inside))))
                    .forEach((worker, reply) -> reply.answer().ifPresent(there -> seen.put(worker, there)));
        }
        fromOutside(seen, without(seen.keySet(), workers));
        if (wayInside) {
            insideObserver
                    .onWorkers(sessions.project(), open(seen, workers))
                    .forEach((worker, inside) -> seen.computeIfPresent(worker, (same, there) -> there.with(inside)));
        }
        return seen;
    }

    /**
     * Checks whether the project's database leads to the workers. If the admin's password in it differs from the one in
     * the maintenance database, a plan must set the right one first.
     */
    private static boolean isWayToWorkers(Seen coordinator, Inside there) {
        return there.contents().extensions().containsKey(CITUS)
                && coordinator
                        .outside()
                        .admin()
                        .password()
                        .map(password -> password.digest()
                                .equals(there.contents().nodePasswords().get(password.role())))
                        .orElse(true);
    }

    private Seen onCoordinator() {
        Seen there = Seen.fromOutside(BatchQueryExecutor.askCoordinator(sessions.maintenance(), outside));
        return there.mayBeEntered() ? there.with(insideObserver.onCoordinator(sessions.project())) : there;
    }

    private void fromOutside(Map<Node, Seen> seen, List<Node> workers) {
        BatchQueryExecutor.askWorkers(sessions.maintenance(), workers, outside)
                .forEach((worker, from) -> seen.put(worker, Seen.fromOutside(from)));
    }

    /** Returns the workers whose project database can be entered and was not observed yet. */
    private List<Node> open(Map<Node, Seen> seen, Iterable<Node> workers) {
        List<Node> open = new ArrayList<>();
        for (Node worker : workers) {
            Seen there = seen.get(worker);
            if (there != null && there.inside().isEmpty() && there.mayBeEntered()) {
                open.add(worker);
            }
        }
        return open;
    }

    private static List<Node> without(Set<Node> these, List<Node> workers) {
        return workers.stream().filter(worker -> !these.contains(worker)).toList();
    }
}

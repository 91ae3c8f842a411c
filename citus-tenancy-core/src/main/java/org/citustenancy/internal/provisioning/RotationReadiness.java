package org.citustenancy.internal.provisioning;

import java.util.Optional;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RotationQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Checks whether every node can take a user's new password, before the first node gets it. */
final class RotationReadiness {

    private static final String NOTHING = "nothing was changed; the password before is in force";
    private final Cluster cluster;
    private final Topology topology;

    RotationReadiness(Cluster cluster, Topology topology) {
        this.cluster = cluster;
        this.topology = topology;
    }

    /**
     * Throws if a node does not answer, has no such role, or does not reach the coordinator.
     *
     * @param user the user whose password changes
     */
    void ofTheRole(Session maintenance, String user) {
        Question<Boolean> role = role(user);
        requireRole(topology.coordinator(), BatchQueryExecutor.askCoordinator(maintenance, role), user);
        BatchQueryExecutor.tryWorkers(maintenance, topology.workers(), role.and(way(), OnWorker::new))
                .forEach((worker, reply) -> {
                    OnWorker there = answer(maintenance.place(), worker, reply);
                    requireRole(worker, there.hasRole(), user);
                    requireWay(worker, there.obstacle());
                });
    }

    /**
     * The answer of a worker.
     *
     * @param hasRole whether it has the role
     * @param obstacle why it does not reach the coordinator, absent if it does
     */
    private record OnWorker(boolean hasRole, Optional<String> obstacle) {}

    private static Question<Boolean> role(String user) {
        return Question.list(RotationQueries.roles(user), row -> row.number(RotationQueries.NUMBER))
                .map(numbers -> numbers.stream().allMatch(number -> number > 0));
    }

    private Question<Optional<String>> way() {
        return Question.of(RotationQueries.reaches(topology.coordinator()), rows -> rows.stream()
                .filter(row -> !row.flag(RotationQueries.SUCCESS))
                .map(row -> row.text(RotationQueries.RESULT))
                .findFirst());
    }

    /**
     * Throws if a node does not answer in a project's database, or has no passwords between nodes there.
     *
     * @param deadline the time limit for the answers
     */
    void betweenNodes(String project, Deadline deadline) {
        try (Session session = cluster.sessions().admin(project, deadline)) {
            BatchQueryExecutor.tryWorkers(session, topology.workers(), Question.exists(RotationQueries.nodePasswords()))
                    .forEach((worker, reply) -> answer(session.place(), worker, reply));
        }
    }

    private static <T> T answer(Place place, Node worker, NodeReply<T> reply) {
        if (reply.answer().isPresent()) {
            return reply.answer().get();
        }
        NodeAnswer answer = reply.raw();
        if (answer.isUnreachable()) {
            throw new NodeUnreachableException(
                    Failure.of("The coordinator does not reach " + worker + ": " + answer.text())
                            .where(place.on(worker))
                            .state(NOTHING)
                            .fix(
                                    "check that the node runs and accepts the admin of the coordinator, and try again; a node that "
                                            + "is gone for good must be removed from the cluster first"));
        }
        throw new ConflictException(Failure.of("The node cannot take the password: " + answer.text())
                .where(place.on(worker))
                .state(NOTHING)
                .fix("call verify() for the projects of the user, fix what it finds, and try again"));
    }

    private static void requireRole(Node node, boolean hasRole, String user) {
        if (!hasRole) {
            throw new ConflictException(Failure.of("There is no role \"" + user + "\"")
                    .where(Place.unknown().on(node))
                    .state(NOTHING)
                    .fix("call repair() for a project of the user, and try again"));
        }
    }

    private static void requireWay(Node worker, Optional<String> obstacle) {
        if (obstacle.isPresent()) {
            throw new NodeUnreachableException(Failure.of(
                            "The node does not reach the coordinator, from which it copies passwords: "
                                    + obstacle.get())
                    .where(Place.unknown().on(worker))
                    .state(NOTHING)
                    .fix("see that the coordinator's pg_hba.conf accepts the admin of this node, and try again"));
        }
    }
}

package org.citustenancy.internal.provisioning;

import java.util.LinkedHashMap;
import java.util.Map;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.BatchResult;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.RotationQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Whether every node can take a user's new password, asked before the first one gets it. */
final class RotationReadiness {

    private static final String NOTHING = "nothing was changed; the password before is in force";
    private static final String ROLE = "role";
    private static final String WAY = "way";
    private static final String NODE_PASSWORDS = "node passwords";

    private final Cluster cluster;
    private final Topology topology;

    RotationReadiness(Cluster cluster, Topology topology) {
        this.cluster = cluster;
        this.topology = topology;
    }

    /**
     * Throws if a node does not answer, has no such role, or does not reach the coordinator.
     *
     * @param maintenance a session in the maintenance database
     * @param user whose password is to be changed
     */
    void ofTheRole(Session maintenance, String user) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(ROLE, RotationQueries.roles(user));
        requireRole(topology.coordinator(), BatchQueryExecutor.askCoordinator(maintenance, questions), user);
        questions.put(WAY, RotationQueries.reaches(topology.coordinator()));
        BatchQueryExecutor.tryWorkers(maintenance, topology.workers(), questions)
                .forEach((worker, answer) -> {
                    BatchResult answers = answers(maintenance.place(), worker, answer);
                    requireRole(worker, answers, user);
                    requireWay(worker, answers);
                });
    }

    /**
     * Throws if a node does not answer in a project's database, or has no passwords between nodes there.
     *
     * @param project the project
     * @param deadline by when they must have answered
     */
    void betweenNodes(String project, Deadline deadline) {
        try (Session session = cluster.sessions().admin(project, deadline)) {
            BatchQueryExecutor.tryWorkers(
                            session, topology.workers(), Map.of(NODE_PASSWORDS, RotationQueries.nodePasswords()))
                    .forEach((worker, answer) -> answers(session.place(), worker, answer));
        }
    }

    private static BatchResult answers(Place place, Node worker, NodeAnswer answer) {
        if (answer.success()) {
            return BatchResult.parse(answer.text());
        }
        if (answer.isUnreachable()) {
            throw new NodeUnreachableException(Failure.of(
                            "The coordinator does not reach " + worker + ": " + answer.text())
                    .where(place.on(worker))
                    .state(NOTHING)
                    .fix("check that the node runs and accepts the admin of the coordinator, and try again; a node that "
                            + "is gone for good must be removed from the cluster first"));
        }
        throw new ConflictException(Failure.of("The node cannot take the password: " + answer.text())
                .where(place.on(worker))
                .state(NOTHING)
                .fix("call verify() for the projects of the user, fix what it finds, and try again"));
    }

    private static void requireRole(Node node, BatchResult answers, String user) {
        for (Record row : answers.to(ROLE)) {
            if (row.get(RotationQueries.NUMBER.getName(), Integer.class) == 0) {
                throw new ConflictException(Failure.of("There is no role \"" + user + "\"")
                        .where(Place.unknown().on(node))
                        .state(NOTHING)
                        .fix("call repair() for a project of the user, and try again"));
            }
        }
    }

    private static void requireWay(Node worker, BatchResult answers) {
        for (Record row : answers.to(WAY)) {
            if (!row.get(RotationQueries.SUCCESS.getName(), Boolean.class)) {
                throw new NodeUnreachableException(Failure.of(
                                "The node does not reach the coordinator, from which it copies passwords: "
                                        + row.get(RotationQueries.RESULT.getName(), String.class))
                        .where(Place.unknown().on(worker))
                        .state(NOTHING)
                        .fix("check that the coordinator's pg_hba.conf accepts the admin of this node, and try again"));
            }
        }
    }
}

package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.AdminPassages;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Seal;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AdminRotation.RemainingNode;
import org.citustenancy.users.Secret;

/**
 * Reads and replaces the admin's rows of {@code pg_dist_authinfo} in the databases of projects, and checks whether
 * nodes reach each other by them.
 */
final class AdminRows {

    private static final String NO_ROWS = "0";

    private final Cluster cluster;
    private final Topology topology;
    private final AdminNodes nodes;

    AdminRows(Cluster cluster, Topology topology, AdminNodes nodes) {
        this.cluster = cluster;
        this.topology = topology;
        this.nodes = nodes;
    }

    /** Returns the projects that have such a row on any node, and the projects for which this cannot be read. */
    List<String> among(List<String> projects, Secret former, Secret next) {
        return cluster
                .together()
                .each(projects, project -> has(project, former, next) ? Optional.of(project) : Optional.<String>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private boolean has(String project, Secret former, Secret next) {
        try (Session session = nodes.session(project)) {
            if (!NO_ROWS.equals(session.ask(BoundQuery.of(AdminRotationStatements.count())))) {
                return true;
            }
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException hidden) {
            return true;
        }
        return !nodes.everyWorkerAnswers(project, AdminRotationStatements.count(), NO_ROWS, former, next);
    }

    /** Replaces the password in the rows of the given projects. Returns the failures by project. */
    Map<String, RemainingNode> replace(List<String> projects, Secret password) {
        Map<String, RemainingNode> failed = new LinkedHashMap<>();
        cluster.together()
                .each(projects, project -> attempt(project, password))
                .forEach(failure -> failure.ifPresent(remaining -> failed.put(remaining.database(), remaining)));
        return failed;
    }

    private Optional<RemainingNode> attempt(String project, Secret password) {
        try {
            try (Session session = nodes.session(project)) {
                session.inTransaction(() -> {
                    AdminNodes.runConfidentially(
                            session, List.of(AdminRotationStatements.replaceOpenly(AuthInfo.of(password))));
                    return true;
                });
                Map<Node, Secret> workers =
                        topology.workers().stream().collect(Collectors.toMap(worker -> worker, worker -> password));
                nodes.runSealed(
                                project,
                                workers,
                                (worker, key) -> AdminRotationStatements.replace(Seal.with(key, AuthInfo.of(password))))
                        .values()
                        .forEach(answer -> answer.orThrow(session.place()));
            }
            return Optional.empty();
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            return Optional.of(new RemainingNode(
                    failure.failure()
                            .where()
                            .node()
                            .orElse(topology.coordinator().toString()),
                    project,
                    "the password between nodes could not be replaced: "
                            + failure.failure().what(),
                    "call repair() for the project, then rotateAdminPassword with the same password again"));
        }
    }

    /**
     * Returns the nodes from which no new connection of the admin opens, in the maintenance database and in these
     * projects.
     */
    List<RemainingNode> closedPassages(List<String> projects, Secret password) {
        List<String> databases = new ArrayList<>(List.of(cluster.maintenanceDatabase()));
        databases.addAll(projects);
        return cluster.together().each(databases, database -> closedIn(database, password)).stream()
                .flatMap(List::stream)
                .toList();
    }

    private List<RemainingNode> closedIn(String database, Secret password) {
        try (Session session = nodes.session(database)) {
            return AdminPassages.closed(session, topology, questions -> nodes.run(database, password, questions))
                    .entrySet()
                    .stream()
                    .map(
                            closed -> new RemainingNode(
                                    closed.getKey().toString(),
                                    database,
                                    "no new connection of the admin opens to "
                                            + closed.getValue().stream()
                                                    .map(Node::toString)
                                                    .collect(Collectors.joining(" and ")),
                                    "write the new password into the password file of the server (PGPASSFILE, or ~/.pgpass of its user)"))
                    .toList();
        }
    }
}

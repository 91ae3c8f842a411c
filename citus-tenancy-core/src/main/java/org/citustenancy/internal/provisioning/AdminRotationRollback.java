package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.PasswordRotationException;
import org.citustenancy.users.Secret;

/** Restores the admin's former password on every node that answers, after a change of it has failed. */
final class AdminRotationRollback {

    /** The time for the rollback. A node must not keep another password, even if the time for the change is over. */
    private static final Duration LAST = Duration.ofSeconds(30);

    private final Cluster cluster;
    private final Topology topology;
    private final Map<Node, AdminNodes.State> before;
    private final Verifier verifier;
    private final Secret password;

    /**
     * Creates the rollback of one change.
     *
     * @param before the state of each node before the change
     * @param verifier the verifier that all nodes get
     */
    AdminRotationRollback(
            Cluster cluster,
            Topology topology,
            Map<Node, AdminNodes.State> before,
            Verifier verifier,
            Secret password) {
        this.cluster = cluster;
        this.topology = topology;
        this.before = before;
        this.verifier = verifier;
        this.password = password;
    }

    /** Runs the change, and rolls it back if it fails before the coordinator has the new password. */
    void unlessItSucceeds(ChangingProjects changing, Runnable change) {
        Secret former = cluster.sessions().adminPassword();
        try {
            change.run();
        } catch (RuntimeException failure) {
            boolean interrupted = Thread.interrupted();
            try {
                throw goneBack(former, changing, failure);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Runs the rest of the operation once all nodes have the new password. A failure must not lose it. */
    <T> T withThePassword(Supplier<T> rest) {
        try {
            return rest.get();
        } catch (RuntimeException failure) {
            throw exception(
                    failure,
                    "The admin's password has changed, and not all rows of it in pg_dist_authinfo of projects: ",
                    "every node has the new password",
                    "store password() of this exception, and call rotateAdminPassword with it again");
        }
    }

    private PasswordRotationException goneBack(Secret former, ChangingProjects changing, RuntimeException failure) {
        String what = "The admin's password could not be changed on every node: ";
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), Deadline.in(LAST))) {
            if (coordinatorHasIt(sessions.maintenance())) {
                cluster.sessions().settleOn(password);
                return exception(
                        failure,
                        what,
                        "every node has the new password; rows in pg_dist_authinfo of projects may not have it",
                        "store password() of this exception, and call rotateAdminPassword with it again");
            }
            List<Node> left = goBack(former);
            if (left.isEmpty()) {
                cluster.sessions().settleOn(former);
                changing.ready(sessions.maintenance());
                return exception(
                        failure,
                        what,
                        "the password before is in force again on every node",
                        "fix that, and call rotateAdminPassword again; password() has the new one");
            }
            return exception(
                    failure,
                    what,
                    "the coordinator has the password before; " + left + " may have the new one",
                    "when all nodes are up, call rotateAdminPassword with password() of this exception, over a connection "
                            + "with the password before; it carries on");
        } catch (CitusTenancyException unknown) {
            failure.addSuppressed(unknown);
            return exception(
                    failure,
                    what,
                    "it is not known which nodes have the new password",
                    "when all nodes are up, connect with the password that the coordinator accepts, the one before or "
                            + "password() of this exception, and call rotateAdminPassword with the latter; it carries on");
        }
    }

    private boolean coordinatorHasIt(Session maintenance) {
        String answer = maintenance.ask(BoundQuery.of(AdminRotationStatements.state(topology.citus())));
        return answer.endsWith(" " + verifier.reveal());
    }

    /** Rolls back, and returns the nodes that are not known to have the former password. */
    private List<Node> goBack(Secret former) {
        AdminNodes nodes = new AdminNodes(cluster, topology, Deadline.in(LAST));
        Map<Node, Secret> changed = new LinkedHashMap<>();
        List<Node> left = new ArrayList<>();
        nodes.tryStates(former, password).forEach((worker, answer) -> answer.state()
                .ifPresentOrElse(
                        state -> {
                            if (state.verifier().equals(verifier.reveal())) {
                                changed.put(worker, state.accepted());
                            }
                        },
                        () -> left.add(worker)));
        nodes.change(changed, this::verifierBefore, former).forEach((worker, answer) -> {
            if (!answer.success()) {
                left.add(worker);
            }
        });
        return left;
    }

    /**
     * Returns the former verifier of a worker. If an earlier change had already set the new one, it is the
     * coordinator's.
     */
    private String verifierBefore(Node worker) {
        String own = Objects.requireNonNull(before.get(worker)).verifier();
        return own.equals(verifier.reveal())
                ? Objects.requireNonNull(before.get(topology.coordinator())).verifier()
                : own;
    }

    private PasswordRotationException exception(RuntimeException failure, String what, String done, String toDo) {
        Place where =
                failure instanceof CitusTenancyException known ? known.failure().where() : Place.unknown();
        String why = failure instanceof CitusTenancyException known
                ? known.failure().what()
                : String.valueOf(failure.getMessage());
        return new PasswordRotationException(
                Failure.of(what + why).where(where).state(done).fix(toDo),
                failure,
                cluster.sessions().admin(),
                password);
    }
}

package org.citustenancy.internal.provisioning;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Seal;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.AdminRotationStatements;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.internal.sql.ConfidentialStatements;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.SilenceStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/**
 * Reads and changes the nodes while the admin's password changes. The coordinator passes commands to the workers and
 * presents the given password instead of the passwords in its {@code pg_dist_authinfo} or password file. The row with
 * the given password is part of a transaction that is rolled back.
 */
final class AdminNodes {

    private static final String NOTHING = "nothing was changed; the password before is in force";

    private final Cluster cluster;
    private final Topology topology;
    private final Deadline deadline;

    AdminNodes(Cluster cluster, Topology topology, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.deadline = deadline;
    }

    /**
     * The state of the admin's password on a node.
     *
     * @param accepted a password that the node accepts
     * @param rows how many rows with a password its maintenance database has
     * @param verifier its verifier, empty if the admin has no password there
     */
    record State(Secret accepted, int rows, String verifier) {

        boolean accepts(Secret password) {
            return Verifier.stored(verifier).matches(password);
        }

        private static State of(Secret accepted, String answer) {
            int blank = answer.indexOf(' ');
            return new State(accepted, Integer.parseInt(answer.substring(0, blank)), answer.substring(blank + 1));
        }
    }

    /** Returns the state of every node. Throws if a node does not answer. */
    Map<Node, State> states(Session maintenance, Secret former, Secret next) {
        Map<Node, State> states = new LinkedHashMap<>();
        states.put(
                topology.coordinator(),
                State.of(former, maintenance.ask(BoundQuery.of(AdminRotationStatements.state(topology.citus())))));
        tryStates(former, next)
                .forEach((worker, answer) -> states.put(
                        worker, answer.state().orElseThrow(() -> failure(maintenance.place(), answer.last()))));
        return states;
    }

    /** The state of a worker, if it answers. */
    record Answer(NodeAnswer last, Optional<State> state) {}

    /** Returns the states of the workers, as far as they answer. */
    Map<Node, Answer> tryStates(Secret former, Secret next) {
        Map<Node, Answer> found = new LinkedHashMap<>();
        for (Secret presented : List.of(former, next)) {
            Map<Node, String> questions = new LinkedHashMap<>();
            topology.workers().stream()
                    .filter(worker -> !found.containsKey(worker)
                            || Objects.requireNonNull(found.get(worker)).last().isUnreachable())
                    .forEach(worker -> questions.put(worker, Sql.text(AdminRotationStatements.state(true))));
            run(cluster.maintenanceDatabase(), presented, questions)
                    .forEach((worker, answer) -> found.put(
                            worker,
                            new Answer(
                                    answer,
                                    Optional.of(answer)
                                            .filter(NodeAnswer::success)
                                            .map(given -> State.of(presented, given.text())))));
        }
        return found;
    }

    /** Checks whether all workers return the given answer in one database. */
    boolean everyWorkerAnswers(String database, Select<?> question, String answer, Secret former, Secret next) {
        Set<Node> others = new HashSet<>(topology.workers());
        for (Secret presented : List.of(former, next)) {
            Map<Node, String> questions = new LinkedHashMap<>();
            others.forEach(worker -> questions.put(worker, Sql.text(question)));
            run(database, presented, questions).forEach((worker, given) -> {
                if (given.success() && given.text().equals(answer)) {
                    others.remove(worker);
                }
            });
        }
        return others.isEmpty();
    }

    private static RuntimeException failure(Place place, NodeAnswer answer) {
        if (answer.isUnreachable()) {
            return new NodeUnreachableException(
                    Failure.of("The coordinator does not reach " + answer.node() + " as the admin: " + answer.text())
                            .where(place.on(answer.node()))
                            .state(NOTHING)
                            .fix(
                                    "check that the node runs, and that its pg_hba.conf accepts the admin from the coordinator with "
                                            + "this password or the new one, and try again; a node that is gone for good must be removed "
                                            + "from the cluster first"));
        }
        return new ConflictException(Failure.of("The node cannot take the password: " + answer.text())
                .where(place.on(answer.node()))
                .state(NOTHING)
                .fix("fix that, and try again"));
    }

    /**
     * Changes the password on workers and, in their maintenance databases, the password that they present to other
     * nodes.
     */
    Map<Node, NodeAnswer> change(Map<Node, Secret> presented, Function<Node, String> verifier, Secret password) {
        return runSealed(
                cluster.maintenanceDatabase(),
                presented,
                (worker, key) -> AdminRotationStatements.change(
                        Seal.with(key, verifier.apply(worker)), Seal.with(key, AuthInfo.of(password))));
    }

    /** Sends each worker a statement that is encrypted for it, in one database. */
    Map<Node, NodeAnswer> runSealed(
            String database, Map<Node, Secret> presented, BiFunction<Node, String, Query> statement) {
        Map<Node, NodeAnswer> keys =
                runEach(database, presented, worker -> Sql.text(AdminRotationStatements.makeKey()));
        Map<Node, NodeAnswer> answers = new LinkedHashMap<>(keys);
        Map<Node, Secret> reached = new LinkedHashMap<>(presented);
        reached.keySet().removeIf(worker -> !answer(keys, worker).success());
        answers.putAll(runEach(
                database,
                reached,
                worker -> Sql.text(NodeStatements.atomically(
                        List.of(statement.apply(worker, answer(keys, worker).text()))))));
        return answers;
    }

    private static NodeAnswer answer(Map<Node, NodeAnswer> answers, Node node) {
        return Objects.requireNonNull(answers.get(node));
    }

    private Map<Node, NodeAnswer> runEach(
            String database, Map<Node, Secret> presented, Function<Node, String> command) {
        Map<Secret, Map<Node, String>> commands = new LinkedHashMap<>();
        presented.forEach((worker, password) -> commands.computeIfAbsent(password, first -> new LinkedHashMap<>())
                .put(worker, command.apply(worker)));
        Map<Node, NodeAnswer> answers = new HashMap<>();
        commands.forEach((password, ofThese) -> answers.putAll(run(database, password, ofThese)));
        return answers;
    }

    /** Sends each worker its command, in one database. */
    Map<Node, NodeAnswer> run(String database, Secret presented, Map<Node, String> commands) {
        if (commands.isEmpty()) {
            return Map.of();
        }
        try (Session session = session(database)) {
            session.begin();
            runConfidentially(session, List.of(AdminRotationStatements.present(AuthInfo.of(presented))));
            return NodeCommands.on(session).run(commands);
        }
    }

    /** Opens a session on the coordinator whose connections to workers end with it. */
    Session session(String database) {
        return database.equals(cluster.maintenanceDatabase())
                ? cluster.sessions().local(database, deadline)
                : cluster.sessions().admin(database, deadline);
    }

    /** Runs statements with secrets on the coordinator, in the current transaction. */
    static void runConfidentially(Session session, List<Query> secrets) {
        session.fetch(SilenceStatements.untilTheTransactionEnds());
        for (Query secret : secrets) {
            session.execute(ConfidentialStatements.prepare());
            session.copyIn(
                    ConfidentialStatements.receive(), new ByteArrayInputStream(ConfidentialStatements.row(secret)));
            session.execute(ConfidentialStatements.run());
        }
    }
}

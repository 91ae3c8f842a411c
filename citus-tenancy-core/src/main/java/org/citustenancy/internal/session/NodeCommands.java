package org.citustenancy.internal.session;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;

/** Sends commands to the other nodes. */
public final class NodeCommands {

    private final Supplier<Session> coordinator;
    private final Optional<WorkerSessions> direct;

    private NodeCommands(Supplier<Session> coordinator, Optional<WorkerSessions> direct) {
        this.coordinator = coordinator;
        this.direct = direct;
    }

    /**
     * Returns commands that go through a session on the coordinator, which shows whether it reaches the nodes. They run
     * in the database of that session's name.
     *
     * @param session a session on the coordinator
     * @return the connection to the other nodes
     */
    public static NodeCommands on(Session session) {
        return new NodeCommands(() -> session, Optional.empty());
    }

    /**
     * Returns commands that go to the nodes directly if possible, otherwise through the coordinator.
     *
     * @param session a session on the coordinator, in the database of the commands
     * @return the connection to the other nodes
     */
    public static NodeCommands nearest(Session session) {
        return new NodeCommands(() -> session, session.workers());
    }

    /**
     * Returns the same beside a session that may be busy meanwhile. The other session is opened only if it is needed.
     */
    static NodeCommands beside(Session session, Supplier<Session> other) {
        return new NodeCommands(other, session.workers());
    }

    /**
     * Returns the nodes that are reached directly, over sessions that stay open.
     *
     * @return the subset of the given nodes
     */
    public Set<Node> directlyReachable(Collection<Node> nodes) {
        return direct.map(ways -> ways.to(nodes, coordinator).keySet()).orElse(Set.of());
    }

    /**
     * Sends each node its command, all at once, and waits for all of them.
     *
     * @return each node's answer, including failures, in the same order
     */
    public Map<Node, NodeAnswer> run(Map<Node, String> commands) {
        Function<Node, String> command = node -> Objects.requireNonNull(commands.get(node));
        return run(commands.keySet(), (node, session) -> session.begin(command.apply(node)), command);
    }

    /**
     * Sends each node the same query, all at once, and waits for all answers.
     *
     * @param question a query whose first column of the first row is the answer
     * @return each node's answer, including failures, in the same order
     */
    public Map<Node, NodeAnswer> ask(Collection<Node> nodes, Select<?> question) {
        try (Asked asked = begin(nodes, question, BoundQuery.of(question))) {
            return asked.await();
        }
    }

    /**
     * Starts to send each node the same query. Nodes that are reached directly run it when this returns, while the
     * coordinator's session is free.
     *
     * @param question a query whose first column of the first row is the answer
     * @return the running queries, to wait for and to close
     */
    public Asked begin(Collection<Node> nodes, Select<?> question, BoundQuery bound) {
        return begin(nodes, (node, session) -> session.begin(bound), node -> Sql.text(question));
    }

    private Map<Node, NodeAnswer> run(
            Collection<Node> nodes,
            BiFunction<Node, Session, CancellableCalls.Running<String>> beginning,
            Function<Node, String> text) {
        try (Asked asked = begin(nodes, beginning, text)) {
            return asked.await();
        }
    }

    private Asked begin(
            Collection<Node> nodes,
            BiFunction<Node, Session, CancellableCalls.Running<String>> beginning,
            Function<Node, String> text) {
        Map<Node, Session> past =
                direct.map(ways -> ways.to(nodes, coordinator)).orElse(Map.of());
        Asked asked = new Asked(nodes, text);
        boolean complete = false;
        try {
            past.forEach((node, toIt) -> asked.running.put(node, beginning.apply(node, toIt)));
            complete = true;
            return asked;
        } finally {
            if (!complete) {
                asked.close();
            }
        }
    }

    /** Queries that are running on nodes. */
    public final class Asked implements AutoCloseable {

        private final Collection<Node> nodes;
        private final Function<Node, String> text;
        private final Map<Node, CancellableCalls.Running<String>> running = new LinkedHashMap<>();

        private Asked(Collection<Node> nodes, Function<Node, String> text) {
            this.nodes = List.copyOf(nodes);
            this.text = text;
        }

        /**
         * Queries the nodes that are only reached through the coordinator, and waits for all answers.
         *
         * @return each node's answer, including failures, in the order of the nodes
         */
        public Map<Node, NodeAnswer> await() {
            Map<Node, NodeAnswer> answers = new HashMap<>(throughCoordinator(nodes, running.keySet(), text));
            running.forEach((node, command) -> answers.put(node, answer(node, command)));
            Map<Node, NodeAnswer> inOrder = new LinkedHashMap<>();
            nodes.forEach(node -> inOrder.put(node, Objects.requireNonNull(answers.get(node))));
            return inOrder;
        }

        /** Ends what is still running, if one failure ends everything. */
        @Override
        public void close() {
            running.values().forEach(CancellableCalls.Running::end);
        }
    }

    private static NodeAnswer answer(Node node, CancellableCalls.Running<String> command) {
        try {
            return new NodeAnswer(node, true, command.await());
        } catch (ServerErrorException refused) {
            return NodeAnswer.refused(node, refused);
        } catch (ConnectionException lost) {
            return new NodeAnswer(
                    node, false, "connection lost: " + lost.failure().what());
        }
    }

    private Map<Node, NodeAnswer> throughCoordinator(
            Collection<Node> nodes, Set<Node> without, Function<Node, String> text) {
        Map<Node, String> commands = new LinkedHashMap<>();
        nodes.stream().filter(node -> !without.contains(node)).forEach(node -> commands.put(node, text.apply(node)));
        return commands.isEmpty() ? Map.of() : throughCoordinator(commands);
    }

    private Map<Node, NodeAnswer> throughCoordinator(Map<Node, String> commands) {
        Map<String, Record> rows = new HashMap<>();
        coordinator
                .get()
                .fetch(NodeStatements.run(commands))
                .forEach(row ->
                        rows.put(row.get(NodeStatements.NODE_NAME) + ":" + row.get(NodeStatements.NODE_PORT), row));
        Map<Node, NodeAnswer> answers = new LinkedHashMap<>();
        for (Node node : commands.keySet()) {
            Record row = rows.get(node.address());
            answers.put(
                    node,
                    row == null
                            ? new NodeAnswer(node, false, "connection lost: the coordinator says nothing of it")
                            : new NodeAnswer(
                                    node,
                                    Boolean.TRUE.equals(row.get(NodeStatements.SUCCESS)),
                                    String.valueOf(row.get(NodeStatements.RESULT))));
        }
        return answers;
    }
}

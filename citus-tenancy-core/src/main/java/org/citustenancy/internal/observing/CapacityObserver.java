package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.capacity.Connections;
import org.citustenancy.capacity.NodeCapacity;
import org.citustenancy.capacity.Processes;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks every node how much room it has. */
public final class CapacityObserver {

    private static final String CLIENT = "client backend";
    private static final String DAEMON = "Citus Maintenance Daemon";

    /** What PostgreSQL starts without taking it from {@code max_worker_processes}, and what goes when its query ends. */
    private static final Set<String> NOT_COUNTED = Set.of(
            "",
            CLIENT,
            "archiver",
            "autovacuum launcher",
            "autovacuum worker",
            "background writer",
            "checkpointer",
            "io worker",
            "logger",
            "parallel worker",
            "slotsync worker",
            "standalone backend",
            "startup",
            "walreceiver",
            "walsender",
            "walsummarizer",
            "walwriter");

    private final Topology topology;
    private final int daemonsNeeded;
    private final Set<String> databases;

    /**
     * An observer on a cluster.
     *
     * @param topology the cluster's nodes
     * @param projects how many projects are managed
     */
    public CapacityObserver(Topology topology, int projects) {
        this(topology, projects, Set.of());
    }

    /**
     * An observer that also looks for daemons that are missing.
     *
     * @param topology the cluster's nodes
     * @param projects the projects that are managed
     */
    public CapacityObserver(Topology topology, Collection<String> projects) {
        this(topology, projects.size(), topology.citus() ? Set.copyOf(projects) : Set.of());
    }

    private CapacityObserver(Topology topology, int projects, Set<String> databases) {
        this.topology = topology;
        this.daemonsNeeded = topology.citus() ? projects + 1 : 0;
        this.databases = databases;
    }

    /**
     * Asks.
     *
     * @param maintenance a session in the maintenance database
     * @return what they say, and which do not answer
     */
    public Observed observe(Session maintenance) {
        Map<String, Select<?>> questions = processQuestions();
        questions.put(PreparedObserver.QUESTION, CapacityQueries.preparedTransactions());
        questions.put("bytes", CapacityQueries.bytes());
        Map<String, Select<?>> withDisk = new LinkedHashMap<>(questions);
        if (topology.citus()) {
            withDisk.put("disk", CapacityQueries.disk());
        }
        Map<Node, BatchResult> answers = new HashMap<>();
        answers.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(maintenance, withDisk));
        List<Node> withoutCitus = new ArrayList<>();
        BatchQueryExecutor.tryWorkers(maintenance, topology.workers(), withDisk).forEach((worker, answer) -> {
            if (answer.success()) {
                answers.put(worker, BatchResult.parse(answer.text()));
            } else {
                withoutCitus.add(worker);
            }
        });
        // A worker may have no Citus in its maintenance database.
        List<UnansweredNode> unanswered = new ArrayList<>();
        BatchQueryExecutor.tryWorkers(maintenance, withoutCitus, questions).forEach((worker, answer) -> {
            if (answer.success()) {
                answers.put(worker, BatchResult.parse(answer.text()));
            } else {
                unanswered.add(new UnansweredNode(worker, answer.text()));
            }
        });
        return new Observed(
                topology.nodes().stream()
                        .filter(answers::containsKey)
                        .map(node -> capacity(node, Objects.requireNonNull(answers.get(node))))
                        .toList(),
                unanswered);
    }

    /**
     * What there is room for, as far as nodes have said.
     *
     * @param nodes each node that answered, the coordinator first
     * @param unanswered those that did not
     */
    public record Observed(List<NodeCapacity> nodes, List<UnansweredNode> unanswered) {}

    /**
     * Queries processes only, which takes the same time for databases of any size.
     *
     * @return a query for the maintenance database; the processes of each node, the coordinator first
     */
    public BatchQuery<Map<Node, Processes>> processes() {
        return new BatchQuery<>(processQuestions(), answers -> {
            Map<Node, Processes> observed = new LinkedHashMap<>();
            answers.forEach((node, there) -> observed.put(node, processes(there, settings(there))));
            return observed;
        });
    }

    private static Map<String, Select<?>> processQuestions() {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put("room", CapacityQueries.settings());
        questions.put("processes", CapacityQueries.processes());
        return questions;
    }

    private static Map<String, Integer> settings(BatchResult answers) {
        Map<String, Integer> settings = new HashMap<>();
        answers.to("room")
                .forEach(row -> settings.put(
                        row.get(CapacityQueries.SETTING.getName(), String.class),
                        row.get(CapacityQueries.VALUE.getName(), Integer.class)));
        return settings;
    }

    private NodeCapacity capacity(Node node, BatchResult answers) {
        Map<String, Integer> settings = settings(answers);
        List<PreparedTransaction> prepared = PreparedObserver.transactions(answers);
        return new NodeCapacity(
                node,
                processes(answers, settings),
                connections(answers, settings),
                settings.getOrDefault(CapacityQueries.PREPARED, 0),
                prepared.size(),
                PreparedObserver.byDatabase(prepared),
                withoutDaemon(answers),
                number(answers, "bytes", CapacityQueries.BYTES).orElse(0),
                number(answers, "disk", CapacityQueries.FREE),
                number(answers, "disk", CapacityQueries.DISK));
    }

    private Processes processes(BatchResult answers, Map<String, Integer> settings) {
        int daemons = 0;
        int others = 0;
        for (Record row : answers.to("processes")) {
            String kind = row.get(CapacityQueries.KIND.getName(), String.class);
            int number = row.get(CapacityQueries.NUMBER.getName(), Integer.class);
            if (kind.startsWith(DAEMON)) {
                daemons += number;
            } else if (!NOT_COUNTED.contains(kind)) {
                others += number;
            }
        }
        // One that is not running starts with the next session in its database.
        return new Processes(
                settings.getOrDefault(CapacityQueries.PROCESSES, 0), Math.max(daemons, daemonsNeeded), others);
    }

    /** Those in which clients are at work while no daemon finds their deadlocks. */
    private Set<String> withoutDaemon(BatchResult answers) {
        Set<String> used = new TreeSet<>();
        Set<String> served = new HashSet<>();
        for (Record row : answers.to("processes")) {
            String kind = row.get(CapacityQueries.KIND.getName(), String.class);
            String database = row.get(CapacityQueries.DATABASE.getName(), String.class);
            if (kind.startsWith(DAEMON)) {
                served.add(database);
            } else if (kind.equals(CLIENT) && databases.contains(database)) {
                used.add(database);
            }
        }
        used.removeAll(served);
        return used;
    }

    private static Connections connections(BatchResult answers, Map<String, Integer> settings) {
        SortedMap<String, Integer> byDatabase = new TreeMap<>();
        for (Record row : answers.to("processes")) {
            if (CLIENT.equals(row.get(CapacityQueries.KIND.getName(), String.class))) {
                byDatabase.merge(
                        row.get(CapacityQueries.DATABASE.getName(), String.class),
                        row.get(CapacityQueries.NUMBER.getName(), Integer.class),
                        Integer::sum);
            }
        }
        return new Connections(
                settings.getOrDefault(CapacityQueries.CONNECTIONS, 0),
                settings.getOrDefault(CapacityQueries.FOR_SUPERUSERS, 0)
                        + settings.getOrDefault(CapacityQueries.RESERVED, 0),
                byDatabase.values().stream().mapToInt(Integer::intValue).sum(),
                byDatabase);
    }

    private static OptionalLong number(BatchResult answers, String question, Field<?> field) {
        return answers.to(question).stream()
                .map(row -> row.get(field.getName(), Long.class))
                .filter(value -> value != null)
                .mapToLong(Long::longValue)
                .findFirst();
    }
}

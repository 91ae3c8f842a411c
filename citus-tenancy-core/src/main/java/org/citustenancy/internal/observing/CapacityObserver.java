package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.capacity.Connections;
import org.citustenancy.capacity.NodeCapacity;
import org.citustenancy.capacity.Processes;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.statistics.UnansweredNode;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries the capacity of every node. */
public final class CapacityObserver {

    private static final String CLIENT = "client backend";
    private static final String DAEMON = "Citus Maintenance Daemon";

    /**
     * Processes that PostgreSQL starts outside the limit {@code max_worker_processes}, and processes that end with
     * their query.
     */
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
    private final boolean withSizes;

    /**
     * Creates an observer of a cluster.
     *
     * @param projects how many projects are managed
     */
    public CapacityObserver(Topology topology, int projects) {
        this(topology, projects, Set.of());
    }

    /**
     * Creates an observer that also finds missing daemons.
     *
     * @param projects the projects that are managed
     */
    public CapacityObserver(Topology topology, Collection<String> projects) {
        this(topology, projects.size(), topology.citus() ? Set.copyOf(projects) : Set.of());
    }

    private CapacityObserver(Topology topology, int projects, Set<String> databases) {
        this(topology, databases, topology.citus() ? projects + 1 : 0, true);
    }

    /**
     * Returns an observer that counts only the daemons that run now, because unused projects are suspended.
     *
     * @return an observer of the same projects
     */
    public CapacityObserver ofAwake() {
        return new CapacityObserver(topology, databases, 0, withSizes);
    }

    /**
     * Returns an observer that does not look at files. A server computes the size of a database from that of each of its
     * files, which are some hundreds.
     *
     * @return an observer of the same projects, for which all databases are empty
     */
    public CapacityObserver withoutSizes() {
        return new CapacityObserver(topology, databases, daemonsNeeded, false);
    }

    private CapacityObserver(Topology topology, Set<String> databases, int daemonsNeeded, boolean withSizes) {
        this.topology = topology;
        this.daemonsNeeded = daemonsNeeded;
        this.databases = databases;
        this.withSizes = withSizes;
    }

    /**
     * Queries the nodes.
     *
     * @return the capacities of the nodes, and the nodes that do not answer
     */
    public Observed observe(Session maintenance) {
        Question<Measured> question = measured(topology.citus());
        Map<Node, Measured> answers = new HashMap<>();
        answers.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(maintenance, question));
        List<Node> withoutCitus = new ArrayList<>();
        BatchQueryExecutor.tryWorkers(maintenance, topology.workers(), question)
                .forEach((worker, reply) -> reply.answer()
                        .ifPresentOrElse(there -> answers.put(worker, there), () -> withoutCitus.add(worker)));
        // A worker may have no Citus in its maintenance database.
        List<UnansweredNode> unanswered = new ArrayList<>();
        BatchQueryExecutor.tryWorkers(maintenance, withoutCitus, measured(false))
                .forEach((worker, reply) -> reply.answer()
                        .ifPresentOrElse(
                                there -> answers.put(worker, there),
                                () -> unanswered.add(new UnansweredNode(worker, reply.failure()))));
        return new Observed(
                topology.nodes().stream()
                        .filter(answers::containsKey)
                        .map(node -> capacity(node, Objects.requireNonNull(answers.get(node))))
                        .toList(),
                unanswered);
    }

    /**
     * The capacities of the nodes that answered.
     *
     * @param nodes each node that answered, the coordinator first
     * @param unanswered the nodes that did not
     */
    public record Observed(List<NodeCapacity> nodes, List<UnansweredNode> unanswered) {}

    /**
     * Returns a question about processes only, which takes the same time for databases of any size.
     *
     * @return a question for the maintenance database
     */
    public Question<Processes> processes() {
        return room().map(this::processes);
    }

    /** The number of processes of a kind in a database. */
    private record ProcessCount(String kind, String database, int number) {

        boolean isDaemon() {
            return kind.startsWith(DAEMON);
        }

        boolean isClient() {
            return kind.equals(CLIENT);
        }
    }

    private record Room(Map<String, Integer> settings, List<ProcessCount> processes) {

        int setting(String name) {
            return settings.getOrDefault(name, 0);
        }
    }

    private static Question<Room> room() {
        Question<Map<String, Integer>> settings = Question.map(
                CapacityQueries.settings(),
                row -> row.text(CapacityQueries.SETTING),
                row -> Integer.valueOf(row.text(CapacityQueries.VALUE)));
        Question<List<ProcessCount>> processes = Question.list(
                CapacityQueries.processes(),
                row -> new ProcessCount(
                        row.text(CapacityQueries.KIND),
                        row.text(CapacityQueries.DATABASE),
                        row.number(CapacityQueries.NUMBER)));
        return settings.and(processes, Room::new);
    }

    private record Disk(OptionalLong free, OptionalLong all) {

        static Question<Disk> question() {
            return Question.first(
                            CapacityQueries.disk(),
                            row -> new Disk(
                                    row.optionalLarge(CapacityQueries.FREE), row.optionalLarge(CapacityQueries.DISK)))
                    .map(disk -> disk.orElse(new Disk(OptionalLong.empty(), OptionalLong.empty())));
        }
    }

    private record Measured(Room room, List<PreparedTransaction> prepared, long bytes, Disk disk) {}

    private Question<Measured> measured(boolean withDisk) {
        Question<Room> room = room();
        Question<List<PreparedTransaction>> prepared = PreparedObserver.transactions();
        Question<Optional<Long>> bytes = Question.first(
                        CapacityQueries.bytes(), row -> row.large(CapacityQueries.BYTES))
                .onlyIf(withSizes);
        Question<Disk> disk = Disk.question().onlyIf(withDisk);
        return Question.together(
                List.of(room, prepared, bytes, disk),
                answers -> new Measured(
                        answers.to(room),
                        answers.to(prepared),
                        answers.to(bytes).orElse(0L),
                        answers.to(disk)));
    }

    private NodeCapacity capacity(Node node, Measured there) {
        return new NodeCapacity(
                node,
                processes(there.room()),
                connections(there.room()),
                there.room().setting(CapacityQueries.PREPARED),
                there.prepared().size(),
                PreparedObserver.byDatabase(there.prepared()),
                withoutDaemon(there.room()),
                there.bytes(),
                there.disk().free(),
                there.disk().all());
    }

    private Processes processes(Room room) {
        int daemons = 0;
        int others = 0;
        for (ProcessCount process : room.processes()) {
            if (process.isDaemon()) {
                daemons += process.number();
            } else if (!NOT_COUNTED.contains(process.kind())) {
                others += process.number();
            }
        }
        // A daemon that is not running starts with the next session in its database, and stays if nothing suspends it.
        return new Processes(room.setting(CapacityQueries.PROCESSES), Math.max(daemons, daemonsNeeded), others);
    }

    /** Returns the databases in which clients are active while no daemon detects their deadlocks. */
    private Set<String> withoutDaemon(Room room) {
        Set<String> used = new TreeSet<>();
        Set<String> served = new HashSet<>();
        for (ProcessCount process : room.processes()) {
            if (process.isDaemon()) {
                served.add(process.database());
            } else if (process.isClient() && databases.contains(process.database())) {
                used.add(process.database());
            }
        }
        used.removeAll(served);
        return used;
    }

    private static Connections connections(Room room) {
        SortedMap<String, Integer> byDatabase = new TreeMap<>();
        room.processes().stream()
                .filter(ProcessCount::isClient)
                .forEach(process -> byDatabase.merge(process.database(), process.number(), Integer::sum));
        return new Connections(
                room.setting(CapacityQueries.CONNECTIONS),
                room.setting(CapacityQueries.FOR_SUPERUSERS) + room.setting(CapacityQueries.RESERVED),
                byDatabase.values().stream().mapToInt(Integer::intValue).sum(),
                byDatabase);
    }
}

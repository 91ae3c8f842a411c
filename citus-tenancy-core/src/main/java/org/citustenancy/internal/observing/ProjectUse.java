package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SuspensionQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * What keeps projects awake on each node, as seen from the maintenance database. A look from inside would wake them.
 */
public final class ProjectUse {

    private final Map<Node, DatabasesInUse> nodes;

    /** Creates the use of projects from what nodes have answered. */
    public ProjectUse(Map<Node, DatabasesInUse> nodes) {
        this.nodes = nodes;
    }

    /** Observes every node. */
    public static ProjectUse observe(Session maintenance, Topology topology) {
        return new ProjectUse(BatchQueryExecutor.ask(maintenance, topology, question()));
    }

    private enum Kind {
        DAEMON(""),
        CLIENT("sessions of "),
        PROCESS("processes: "),
        PREPARED("prepared transactions "),
        SLOT("replication slots "),
        SUBSCRIPTION("subscriptions ");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** The names of what keeps one database awake on one node. */
    private record OnNode(Map<Kind, List<String>> names) {

        void add(AnswerRow row) {
            Kind kind = Kind.valueOf(row.text(SuspensionQueries.KIND).toUpperCase(Locale.ROOT));
            names.computeIfAbsent(kind, first -> new ArrayList<>()).add(row.text(SuspensionQueries.NAME));
        }

        boolean has(Kind kind) {
            return names.containsKey(kind);
        }
    }

    /** What keeps the databases of one node awake. */
    public static final class DatabasesInUse {

        private final Map<String, OnNode> databases;

        private DatabasesInUse(Map<String, OnNode> databases) {
            this.databases = databases;
        }

        private boolean has(String database, Kind kind) {
            OnNode there = databases.get(database);
            return there != null && there.has(kind);
        }
    }

    /** Returns the question for the maintenance database of a node. */
    public static Question<DatabasesInUse> question() {
        return Question.of(SuspensionQueries.use(), rows -> {
            Map<String, OnNode> databases = new HashMap<>();
            rows.forEach(row -> databases
                    .computeIfAbsent(
                            row.text(SuspensionQueries.DATABASE), first -> new OnNode(new EnumMap<>(Kind.class)))
                    .add(row));
            return new DatabasesInUse(databases);
        });
    }

    /** Returns the nodes on which a project has a maintenance daemon. */
    public List<Node> awake(String project) {
        return nodes.keySet().stream()
                .filter(node -> has(node, project, Kind.DAEMON))
                .toList();
    }

    /** Returns the nodes on which a project has none. */
    public List<Node> asleep(String project) {
        return nodes.keySet().stream()
                .filter(node -> !has(node, project, Kind.DAEMON))
                .toList();
    }

    /** Returns the nodes on which clients use a project without a daemon, which would detect their deadlocks. */
    public List<Node> unattended(String project) {
        return asleep(project).stream()
                .filter(node -> has(node, project, Kind.CLIENT))
                .toList();
    }

    /** Checks whether a project has no daemon on any node, and nothing keeps it awake. */
    public boolean isSuspended(String project) {
        return awake(project).isEmpty() && obstacles(project).isEmpty();
    }

    private boolean has(Node node, String project, Kind kind) {
        DatabasesInUse there = nodes.get(node);
        return there != null && there.has(project, kind);
    }

    /** Returns what keeps a project awake besides its daemons, empty if it can be suspended. */
    public List<String> obstacles(String project) {
        List<String> obstacles = new ArrayList<>();
        nodes.forEach((node, inUse) -> {
            OnNode there = inUse.databases.get(project);
            if (there != null) {
                there.names().forEach((kind, names) -> {
                    if (kind != Kind.DAEMON) {
                        obstacles.add(kind.words + names.stream().sorted().collect(Collectors.joining(", "))
                                + " on the " + node);
                    }
                });
            }
        });
        return obstacles;
    }
}

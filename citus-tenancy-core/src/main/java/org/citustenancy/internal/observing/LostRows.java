package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * The rows that are lost with a project's database on one node. An empty database in its place would hide the loss.
 *
 * @param node the node
 * @param shards the number of shards that no other node has, by table; empty for the coordinator, where it is not known
 */
public record LostRows(Node node, Map<String, Integer> shards) {

    private static final String CITUS = "citus";

    /** Copies the map. */
    public LostRows {
        shards = new TreeMap<>(shards);
    }

    /**
     * Finds lost rows.
     *
     * @param sessions sessions in the maintenance database and in the project's
     * @param observed the state that the nodes report
     * @param complete whether the project was complete before, so that the coordinator must have its database
     * @return an element per node that has lost its database and rows with it
     */
    public static List<LostRows> in(
            ProjectSessions sessions, Topology topology, ObservedProject observed, boolean complete) {
        Node coordinator = topology.coordinator();
        if (complete && observed.on(coordinator).database().isEmpty()) {
            return List.of(new LostRows(coordinator, Map.of()));
        }
        List<LostRows> lost = new ArrayList<>();
        observed.on(coordinator)
                .contents()
                .filter(inside -> inside.has(CITUS))
                .ifPresent(inside -> topology.workers().stream()
                        .filter(worker -> hasLostDatabase(observed.on(worker), inside.worker(worker.address())))
                        .forEach(worker -> {
                            Map<String, Integer> shards = onlyOn(sessions, worker);
                            if (!shards.isEmpty()) {
                                lost.add(new LostRows(worker, shards));
                            }
                        }));
        return lost;
    }

    /**
     * Checks whether a worker has lost its database. A database that was created again without this library does not
     * contain the group of its worker.
     */
    private static boolean hasLostDatabase(NodeState worker, Optional<KnownNode> known) {
        return known.isPresent()
                && (worker.database().isEmpty()
                        || worker.contents()
                                .map(there -> !there.has(CITUS)
                                        || there.group() != known.get().group())
                                .orElse(false));
    }

    private static Map<String, Integer> onlyOn(ProjectSessions sessions, Node worker) {
        return sessions.project().fetch(WorkerQueries.onlyOn(worker)).stream()
                .collect(Collectors.toMap(
                        row -> row.get(WorkerQueries.TABLE), row -> row.get(WorkerQueries.SHARDS), Integer::sum));
    }

    /**
     * Describes the loss, in one line.
     *
     * @return words without the node
     */
    public String what() {
        if (node.isCoordinator()) {
            return "the database is missing, and with it what says which rows are where";
        }
        int all = shards.values().stream().mapToInt(Integer::intValue).sum();
        return "the database is missing, and with it the rows of " + all + " shards that no other node has: "
                + shards.entrySet().stream()
                        .map(table -> table.getValue() + " of " + table.getKey())
                        .collect(Collectors.joining(", "));
    }

    /**
     * Describes the remedy.
     *
     * @return words
     */
    public static String action() {
        return "bring the data of the node back; or drop the project and restore a backup of it; or call "
                + "repair(RepairOptions::acceptingLoss) on the project, which makes the database again without these rows";
    }

    /**
     * Returns the exception that refuses to ignore the loss.
     *
     * @param lost the losses of at least one node
     */
    public static ConflictException refusal(String project, List<LostRows> lost) {
        return new ConflictException(Failure.of("Rows of the project \"" + project + "\" are lost: "
                        + lost.stream()
                                .map(there -> "on the " + there.node() + " " + there.what())
                                .collect(Collectors.joining("; ")))
                .where(Place.unknown().in(project))
                .state("nothing was changed")
                .fix(action()));
    }
}

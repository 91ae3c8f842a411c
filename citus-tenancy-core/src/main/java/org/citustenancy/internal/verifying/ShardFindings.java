package org.citustenancy.internal.verifying;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.observing.LostRows;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;

/** Finds lost shards, workers that are not registered in the cluster any more, and different versions. */
public final class ShardFindings {

    private static final String CITUS = "citus";

    private ShardFindings() {}

    /**
     * Returns rows that no node has any more.
     *
     * @param context the observed and the desired state
     * @param databases the rows that are lost with whole databases
     * @return a finding per node and table
     */
    public static List<Finding> ofLoss(PlanningContext context, List<LostRows> databases) {
        Stream<Finding> gone = databases.stream()
                .map(lost -> new Finding(Severity.SEVERE, lost.node().toString(), lost.what(), LostRows.action()));
        return Stream.of(gone, lost(context), unplaced(context))
                .flatMap(findings -> findings)
                .toList();
    }

    /**
     * Returns the other differences that no step of a plan ends.
     *
     * @param context the observed and the desired state
     * @return a finding per node
     */
    public static List<Finding> in(PlanningContext context) {
        return Stream.concat(strangers(context), versions(context)).toList();
    }

    private static Stream<Finding> lost(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> {
            Map<String, Long> byTable = contents(context, node)
                    .flatMap(inside -> inside.missingShards().stream())
                    .filter(shard -> !shard.reference())
                    .collect(Collectors.groupingBy(MissingShard::table, TreeMap::new, Collectors.counting()));
            return byTable.entrySet().stream()
                    .map(entry -> new Finding(
                            Severity.SEVERE,
                            node.toString(),
                            entry.getValue() + " shards of " + entry.getKey() + " are gone, and their rows with them",
                            "restore the table from a backup; no other node has a copy"));
        });
    }

    private static Stream<Finding> unplaced(PlanningContext context) {
        Node coordinator = context.topology().coordinator();
        Map<String, Long> byTable = contents(context, coordinator)
                .flatMap(inside -> inside.unplacedShards().stream())
                .collect(Collectors.groupingBy(table -> table, TreeMap::new, Collectors.counting()));
        return byTable.entrySet().stream()
                .map(entry -> new Finding(
                        Severity.SEVERE,
                        coordinator.toString(),
                        entry.getValue() + " shards of " + entry.getKey() + " have no placement",
                        "look for their tables on the nodes (run_command_on_all_nodes) and put the rows that are missing "
                                + "into pg_dist_placement, or restore the table from a backup"));
    }

    private static Stream<Finding> strangers(PlanningContext context) {
        Node coordinator = context.topology().coordinator();
        return contents(context, coordinator)
                .flatMap(inside -> inside.nodes().stream())
                .filter(known -> !known.isCoordinator()
                        && context.topology().workers().stream()
                                .noneMatch(worker -> worker.address().equals(known.address())
                                        || contents(context, worker)
                                                .anyMatch(inside -> inside.group() == known.group())))
                .map(
                        known -> new Finding(
                                Severity.SEVERE,
                                coordinator.toString(),
                                "the project knows a worker " + known.address() + " that the cluster does not",
                                "if a standby of it took over, or it has another address now, call workers().relocate from this "
                                        + "address to the new one; if it is to leave, call workers().remove, which finishes that"));
    }

    private static Stream<Finding> versions(PlanningContext context) {
        Node coordinator = context.topology().coordinator();
        return contents(context, coordinator)
                .map(inside -> inside.extensions().getOrDefault(CITUS, ""))
                .flatMap(expected -> context.topology().workers().stream().flatMap(worker -> contents(context, worker)
                        .filter(inside -> inside.has(CITUS)
                                && !expected.equals(inside.extensions().get(CITUS)))
                        .map(inside -> new Finding(
                                Severity.SEVERE,
                                worker.toString(),
                                "it has Citus " + inside.extensions().get(CITUS)
                                        + " in the project, and the coordinator " + expected,
                                "run ALTER EXTENSION citus UPDATE in the database on the node that is behind"))));
    }

    private static Stream<ObservedContents> contents(PlanningContext context, Node node) {
        return context.observed().on(node).contents().stream();
    }
}

package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.workers.PlannedMove;

/**
 * A move of a shard to another node, together with its colocated shards.
 *
 * @param shard its number
 * @param tables by table, the number of the shard that moves with it, itself included
 * @param source its current node
 * @param target its new node
 */
record ShardMove(long shard, Map<String, Long> tables, Node source, Node target) {

    @Override
    public String toString() {
        return "shard " + shard + " from " + source + " to " + target;
    }

    /** Returns one move for all shards that move together. */
    static List<ShardMove> in(List<? extends Record> plan) {
        Map<String, List<Record>> groups = new LinkedHashMap<>();
        plan.forEach(row -> groups.computeIfAbsent(row.get(WorkerStatements.GROUP), group -> new ArrayList<>())
                .add(row));
        return groups.values().stream().map(ShardMove::of).toList();
    }

    private static ShardMove of(List<Record> group) {
        Map<String, Long> tables = new TreeMap<>();
        group.forEach(row -> tables.put(row.get(WorkerStatements.TABLE), row.get(WorkerStatements.SHARD)));
        Record first = group.get(0);
        return new ShardMove(
                first.get(WorkerStatements.SHARD),
                Collections.unmodifiableMap(tables),
                node(first.get(WorkerStatements.SOURCE_HOST), first.get(WorkerStatements.SOURCE_PORT)),
                node(first.get(WorkerStatements.TARGET_HOST), first.get(WorkerStatements.TARGET_PORT)));
    }

    private static Node node(String host, int port) {
        return new Node(NodeRole.WORKER, host, port);
    }

    PlannedMove planned(Map<Long, Long> bytes) {
        long all = tables.values().stream()
                .mapToLong(number -> bytes.getOrDefault(number, 0L))
                .sum();
        return new PlannedMove(tables, source, target, all);
    }
}

package org.citustenancy.internal.workers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.WorkerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * A shard that goes to another node, with those that are colocated with it.
 *
 * @param shard its number
 * @param source where it lies
 * @param target where it is to lie
 */
record ShardMove(long shard, Node source, Node target) {

    @Override
    public String toString() {
        return "shard " + shard + " from " + source + " to " + target;
    }

    /** One for all shards that go together. */
    static List<ShardMove> in(List<? extends Record> plan) {
        Map<String, ShardMove> moves = new LinkedHashMap<>();
        plan.forEach(row -> moves.putIfAbsent(
                row.get(WorkerStatements.GROUP),
                new ShardMove(
                        row.get(WorkerStatements.SHARD),
                        new Node(
                                NodeRole.WORKER,
                                row.get(WorkerStatements.SOURCE_HOST),
                                row.get(WorkerStatements.SOURCE_PORT)),
                        new Node(
                                NodeRole.WORKER,
                                row.get(WorkerStatements.TARGET_HOST),
                                row.get(WorkerStatements.TARGET_PORT)))));
        return List.copyOf(moves.values());
    }
}

package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.sql.MoveQueries;
import org.citustenancy.internal.sql.ShardQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.ShardTransfer;

/** Checks whether the shards of a project can be moved, before the first one is moved. */
final class MovableShards {

    private final String project;
    private final Session session;

    MovableShards(String project, Session session) {
        this.project = project;
        this.session = session;
    }

    /**
     * Throws if a worker has no database of the project, or if the node of a shard is not registered in the database.
     */
    void requireAllThere(Session maintenance, Topology topology) {
        List<String> faults = new ArrayList<>();
        Map<Node, CandidateObserver.Attempt> attempts =
                new CandidateObserver(maintenance, topology).tryWorkers(topology.workers(), List.of(project));
        attempts.forEach((node, attempt) -> attempt.candidate()
                .filter(candidate -> !candidate.databases().contains(project))
                .ifPresent(candidate -> faults.add("its database is missing on the " + node)));
        Map<String, Long> unplaced = session.fetch(ShardQueries.unplaced()).stream()
                .collect(Collectors.groupingBy(
                        row -> String.valueOf(row.get(ShardQueries.TABLE)), TreeMap::new, Collectors.counting()));
        unplaced.forEach((table, shards) -> faults.add(shards + " shards of " + table + " have no placement"));
        if (!faults.isEmpty()) {
            throw new ConflictException(Failure.of("The shards of the project \"" + project + "\" cannot be moved: "
                            + String.join("; ", faults))
                    .where(session.place())
                    .state("none of its shards was moved")
                    .fix("call verify() on the project, which says what is lost and how to go on"));
        }
    }

    /** Throws if logical replication would refuse a table whose shards are about to be moved. */
    void requireIdentity(Collection<Long> shards, ShardTransfer transfer) {
        requireIdentity(MoveQueries.withoutIdentity(shards), transfer);
    }

    /** Checks the same for the shards on a node. */
    void requireIdentity(Node source, ShardTransfer transfer) {
        requireIdentity(MoveQueries.withoutIdentity(source), transfer);
    }

    private void requireIdentity(ResultQuery<? extends Record> tables, ShardTransfer transfer) {
        if (transfer != ShardTransfer.AUTO) {
            return;
        }
        Set<String> without = session.fetch(tables).stream()
                .map(row -> String.valueOf(row.get(MoveQueries.TABLE)))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!without.isEmpty()) {
            throw new ConflictException(Failure.of("Tables of the project \"" + project
                            + "\" have neither a primary key nor a replica identity, without which their shards cannot be "
                            + "moved while clients write: " + String.join(", ", without))
                    .where(session.place())
                    .state("none of its shards was moved")
                    .fix("add a primary key; or run ALTER TABLE ... REPLICA IDENTITY FULL, or USING INDEX; or move by "
                            + "ShardTransfer.BLOCK_WRITES, with which writers wait"));
        }
    }
}

package org.citustenancy.internal.workers;

import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.probing.ServerProbe;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.Worker;

/** Lists the workers of a cluster with their state. */
public final class WorkerRoster {

    private final Cluster cluster;

    /** Creates the roster of a cluster. */
    public WorkerRoster(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Queries every worker, each with a time limit of its own.
     *
     * @return in the order of their numbers in Citus
     */
    public List<Worker> list() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            if (!topology.citus()) {
                return List.of();
            }
            Map<Node, Record> registered = new LinkedHashMap<>();
            maintenance.fetch(WorkerQueries.registrations()).forEach(row -> registered.put(node(row), row));
            Map<Node, NodeReply<Candidate>> replies = new ServerProbe(cluster, FailoverOptions.STANDARD.probeTimeout())
                    .ask(registered.keySet(), CandidateObserver::at);
            return registered.entrySet().stream()
                    .map(entry -> worker(
                            entry.getKey(), entry.getValue(), Objects.requireNonNull(replies.get(entry.getKey()))))
                    .toList();
        }
    }

    private static Node node(Record row) {
        return new Node(NodeRole.WORKER, row.get(PG_DIST_NODE.host), row.get(PG_DIST_NODE.port));
    }

    private static Worker worker(Node node, Record row, NodeReply<Candidate> reply) {
        return new Worker(
                node,
                row.get(PG_DIST_NODE.active),
                row.get(PG_DIST_NODE.shards),
                reply.answer().map(Candidate::postgres),
                reply.answer().flatMap(Candidate::citusCreated),
                reply.answer().isPresent() ? Optional.empty() : Optional.of(reply.failure()));
    }
}

package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RecoveryStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Observes on every node what the recovery of distributed transactions depends on. */
public final class RecoveryObserver {

    private static final int OFF = -1;

    private RecoveryObserver() {}

    /**
     * The state of a node.
     *
     * @param server the server that answers
     * @param daemonRecovers whether the daemons of Citus recover by themselves
     * @param awake the databases with a daemon, each with the number of rows that were inserted
     * @param prepared the databases with prepared transactions of Citus
     */
    public record OnNode(
            ServerIdentity server, boolean daemonRecovers, Map<String, Long> awake, Set<String> prepared) {}

    /**
     * Observes the nodes as the coordinator reaches them.
     *
     * @return the answer of each, or the reason for its absence; the coordinator's first
     */
    public static Map<Node, NodeReply<OnNode>> of(Session maintenance, Topology topology) {
        Map<Node, NodeReply<OnNode>> all = new LinkedHashMap<>();
        all.put(
                topology.coordinator(),
                NodeReply.answered(topology.coordinator(), BatchQueryExecutor.askCoordinator(maintenance, question())));
        all.putAll(BatchQueryExecutor.tryThroughCoordinator(maintenance, topology.workers(), question()));
        return all;
    }

    /**
     * Observes whether the daemons of servers recover by themselves, for servers of any role.
     *
     * @return the answer of each, or the reason for its absence
     */
    public static Map<Node, NodeReply<Boolean>> daemonsRecover(Session maintenance, Collection<Node> servers) {
        return BatchQueryExecutor.tryThroughCoordinator(maintenance, List.copyOf(servers), daemonRecovers());
    }

    private static Question<OnNode> question() {
        Question<ServerIdentity> server = ServerObserver.identity();
        Question<Boolean> recovers = daemonRecovers();
        Question<Map<String, Long>> awake = Question.map(
                RecoveryStatements.awake(),
                row -> row.text(RecoveryStatements.DATABASE),
                row -> row.large(RecoveryStatements.INSERTED));
        Question<List<String>> prepared =
                Question.list(RecoveryStatements.prepared(), row -> row.text(RecoveryStatements.DATABASE));
        return Question.together(
                List.of(server, recovers, awake, prepared),
                answers -> new OnNode(
                        answers.to(server),
                        answers.to(recovers),
                        answers.to(awake),
                        new TreeSet<>(answers.to(prepared))));
    }

    private static Question<Boolean> daemonRecovers() {
        return Question.of(
                RecoveryStatements.interval(), rows -> rows.get(0).number(RecoveryStatements.INTERVAL) != OFF);
    }
}

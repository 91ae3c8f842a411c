package org.citustenancy.internal.observing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.capacity.PreparedTransactions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Queries every node for its prepared transactions. */
public final class PreparedObserver {

    private PreparedObserver() {}

    /**
     * The prepared transactions of a node.
     *
     * @param transactions the oldest first
     * @param limit {@code max_prepared_transactions}
     */
    public record OnNode(List<PreparedTransaction> transactions, int limit) {}

    /** Queries the nodes. */
    public static Map<Node, OnNode> observe(Session maintenance, Topology topology) {
        Question<Integer> limit = Question.list(
                        CapacityQueries.preparedLimit(), row -> row.number(CapacityQueries.NUMBER))
                .map(limits -> limits.stream().mapToInt(Integer::intValue).sum());
        return BatchQueryExecutor.ask(maintenance, topology, transactions().and(limit, OnNode::new));
    }

    static Question<List<PreparedTransaction>> transactions() {
        return Question.list(
                CapacityQueries.preparedTransactions(),
                row -> new PreparedTransaction(
                        row.text(CapacityQueries.TRANSACTION),
                        row.text(CapacityQueries.DATABASE),
                        row.text(CapacityQueries.OWNER),
                        Duration.ofSeconds(Math.max(0, row.large(CapacityQueries.SECONDS)))));
    }

    /** Returns the prepared transactions by database, in the order of their names. */
    static List<PreparedTransactions> byDatabase(List<PreparedTransaction> transactions) {
        Map<String, List<PreparedTransaction>> grouped = new TreeMap<>();
        transactions.forEach(transaction -> grouped.computeIfAbsent(transaction.database(), first -> new ArrayList<>())
                .add(transaction));
        return grouped.entrySet().stream()
                .map(there -> new PreparedTransactions(
                        there.getKey(),
                        there.getValue().size(),
                        (int) there.getValue().stream()
                                .filter(PreparedTransaction::isOfCitus)
                                .count(),
                        there.getValue().stream()
                                .map(PreparedTransaction::age)
                                .max(Duration::compareTo)
                                .orElse(Duration.ZERO)))
                .toList();
    }
}

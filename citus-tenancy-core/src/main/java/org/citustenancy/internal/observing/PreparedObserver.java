package org.citustenancy.internal.observing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.citustenancy.capacity.PreparedTransactions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.CapacityQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks every node for its prepared transactions. */
public final class PreparedObserver {

    static final String QUESTION = "prepared";
    private static final String LIMIT = "limit";

    private PreparedObserver() {}

    /**
     * The prepared transactions of a node.
     *
     * @param transactions the oldest first
     * @param limit {@code max_prepared_transactions}
     */
    public record OnNode(List<PreparedTransaction> transactions, int limit) {}

    /**
     * Asks.
     *
     * @param maintenance a session in the maintenance database
     * @param topology the cluster's nodes
     * @return each node's
     */
    public static Map<Node, OnNode> observe(Session maintenance, Topology topology) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(QUESTION, CapacityQueries.preparedTransactions());
        questions.put(LIMIT, CapacityQueries.preparedLimit());
        return new BatchQuery<>(questions, answers -> {
                    Map<Node, OnNode> seen = new LinkedHashMap<>();
                    answers.forEach((node, there) -> seen.put(node, new OnNode(transactions(there), limit(there))));
                    return seen;
                })
                .ask(maintenance, topology);
    }

    private static int limit(BatchResult answers) {
        return answers.to(LIMIT).stream()
                .mapToInt(row -> row.get(CapacityQueries.NUMBER.getName(), Integer.class))
                .sum();
    }

    static List<PreparedTransaction> transactions(BatchResult answers) {
        List<PreparedTransaction> transactions = new ArrayList<>();
        for (Record row : answers.to(QUESTION)) {
            transactions.add(new PreparedTransaction(
                    text(row, CapacityQueries.TRANSACTION.getName()),
                    text(row, CapacityQueries.DATABASE.getName()),
                    text(row, CapacityQueries.OWNER.getName()),
                    Duration.ofSeconds(Math.max(0, row.get(CapacityQueries.SECONDS.getName(), Long.class)))));
        }
        return transactions;
    }

    /** The prepared transactions by database, in the order of their names. */
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

    private static String text(Record row, String field) {
        return String.valueOf(row.get(field, String.class));
    }
}

package org.citustenancy.internal.verifying;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.PreparedObserver;
import org.citustenancy.internal.observing.PreparedTransaction;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Finds prepared transactions that are neither committed nor rolled back, and nodes whose limit for them is nearly
 * reached.
 */
public final class PreparedFindings {

    /** The age of an old transaction. An application that uses prepared transactions finishes them within seconds. */
    private static final Duration OLD = Duration.ofMinutes(1);

    /** The age of an old transaction of Citus, whose daemon checks every minute by default. */
    private static final Duration OLD_OF_CITUS = Duration.ofMinutes(20);

    private static final int NEARLY_PERCENT = 80;

    private PreparedFindings() {}

    /**
     * Checks every node.
     *
     * @return a finding per node on which the project has old ones, and per node whose limit is nearly reached
     */
    public static List<Finding> of(Session maintenance, Topology topology, String project) {
        List<Finding> findings = new ArrayList<>();
        PreparedObserver.observe(maintenance, topology).forEach((node, there) -> {
            if (there.limit() > 0 && there.transactions().size() * 100L >= there.limit() * (long) NEARLY_PERCENT) {
                findings.add(exhausted(node, there));
            }
            List<PreparedTransaction> old = there.transactions().stream()
                    .filter(transaction -> transaction.database().equals(project))
                    .filter(transaction ->
                            transaction.age().compareTo(transaction.isOfCitus() ? OLD_OF_CITUS : OLD) > 0)
                    .toList();
            if (!old.isEmpty()) {
                findings.add(old(node, old));
            }
        });
        return findings;
    }

    private static Finding exhausted(Node node, PreparedObserver.OnNode there) {
        Map<String, Long> byDatabase = there.transactions().stream()
                .collect(Collectors.groupingBy(PreparedTransaction::database, TreeMap::new, Collectors.counting()));
        return new Finding(
                Severity.SEVERE,
                node.toString(),
                there.transactions().size() + " of " + there.limit()
                        + " prepared transactions (max_prepared_transactions) are in use, and writes of all projects to "
                        + "several nodes fail without one: "
                        + byDatabase.entrySet().stream()
                                .map(entry -> entry.getValue() + " in \"" + entry.getKey() + "\"")
                                .collect(Collectors.joining(", ")),
                "roll back those that no application will end (cluster.preparedTransactions()), or raise the setting and "
                        + "restart the node");
    }

    private static Finding old(Node node, List<PreparedTransaction> old) {
        PreparedTransaction oldest = old.get(0);
        return new Finding(
                Severity.WARNING,
                node.toString(),
                old.size() + " prepared transactions are old and keep their locks; the oldest is of \"" + oldest.owner()
                        + "\", prepared " + oldest.age().toSeconds() + " s ago",
                oldest.isOfCitus()
                        ? "find out why the recovery does not end it: read the report of recoverTransactions(), or the "
                                + "server's log if the service does not run"
                        : "commit it or roll it back; cluster.preparedTransactions() rolls back those that are old enough");
    }
}

package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.citustenancy.internal.observing.NodeRows;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.HbaQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** The rules of each node by which somebody gets in over the network who should have to prove more. */
public final class DoorFindings {

    private DoorFindings() {}

    /**
     * Looks at every node.
     *
     * @param session a session in the maintenance database
     * @param topology the cluster's nodes
     * @param users the users whose doors are looked at, the admin among them
     * @param databases the databases
     * @return a finding per rule
     */
    public static List<Finding> of(Session session, Topology topology, Set<String> users, Set<String> databases) {
        List<Finding> findings = new ArrayList<>();
        NodeRows.ask(session, topology, HbaQueries.rules())
                .forEach((node, rows) -> findings.addAll(of(node, rows, users, databases)));
        return findings;
    }

    private static List<Finding> of(Node node, List<Record> rows, Set<String> users, Set<String> databases) {
        List<HbaRule> rules = rows.stream()
                .map(DoorFindings::rule)
                .sorted(Comparator.comparingInt(HbaRule::line))
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (int index = 0; index < rules.size(); index++) {
            HbaRule rule = rules.get(index);
            boolean reached = rules.subList(0, index).stream().noneMatch(earlier -> earlier.covers(rule));
            if (reached && rule.isForTheNetwork() && rule.concerns(users, databases)) {
                rule.danger()
                        .ifPresent(danger -> findings.add(new Finding(
                                Severity.SEVERE,
                                node.toString(),
                                "pg_hba.conf " + danger + " (" + rule + ")",
                                "change the rule to hostssl with scram-sha-256 or cert, and reload the server")));
            }
        }
        return findings;
    }

    private static HbaRule rule(Record row) {
        return new HbaRule(
                row.get(HbaQueries.LINE.getName(), Integer.class),
                text(row, HbaQueries.TYPE.getName()),
                lines(row, HbaQueries.DATABASES.getName()),
                lines(row, HbaQueries.USERS.getName()),
                text(row, HbaQueries.ADDRESS.getName()),
                text(row, HbaQueries.MASK.getName()),
                text(row, HbaQueries.METHOD.getName()));
    }

    private static String text(Record row, String field) {
        return String.valueOf(row.get(field, String.class));
    }

    private static List<String> lines(Record row, String field) {
        return List.of(text(row, field).split("\n", -1));
    }
}

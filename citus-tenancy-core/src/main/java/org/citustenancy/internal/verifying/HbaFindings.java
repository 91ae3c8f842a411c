package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.observing.AnswerRow;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.sql.HbaQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Finds the rules in {@code pg_hba.conf} of each node that accept clients with too little proof. */
public final class HbaFindings {

    private HbaFindings() {}

    /**
     * Checks every node.
     *
     * @param session a session in the maintenance database
     * @param users the users whose rules are checked, including the admin
     * @return a finding per rule, and one for all rules that trust clients of the same origin
     */
    public static List<Finding> of(Session session, Topology topology, Set<String> users, Set<String> databases) {
        List<Finding> findings = new ArrayList<>();
        BatchQueryExecutor.ask(session, topology, Question.list(HbaQueries.rules(), HbaFindings::rule))
                .forEach((node, rules) ->
                        findings.addAll(of(node, isReachedFromItsHost(node, topology), rules, users, databases)));
        return findings;
    }

    /** Returns the faults of the rules of one node. */
    static List<Finding> of(
            Node node, boolean fromItsHost, List<HbaRule> rules, Set<String> users, Set<String> databases) {
        List<HbaRule> reached = reached(rules);
        List<Finding> findings = new ArrayList<>(ofProofs(node, reached, users, databases));
        findings.addAll(ofTrust(node, reached, users, databases, fromItsHost));
        return findings;
    }

    /**
     * Checks whether other nodes, and therefore sessions that users start on them, connect from the node's own host.
     */
    static boolean isReachedFromItsHost(Node node, Topology topology) {
        return HbaRule.isLoopback(node.host())
                || topology.nodes().stream()
                        .anyMatch(other -> !other.equals(node) && other.host().equals(node.host()));
    }

    /** Returns the rules that can be the first match of a client. */
    private static List<HbaRule> reached(List<HbaRule> rules) {
        List<HbaRule> reached = new ArrayList<>();
        rules.stream().sorted(Comparator.comparingInt(HbaRule::line)).forEach(rule -> {
            if (reached.stream().noneMatch(earlier -> earlier.covers(rule))) {
                reached.add(rule);
            }
        });
        return reached;
    }

    private static List<Finding> ofProofs(Node node, List<HbaRule> rules, Set<String> users, Set<String> databases) {
        List<Finding> findings = new ArrayList<>();
        rules.stream().filter(rule -> rule.concerns(users, databases)).forEach(rule -> rule.danger()
                .ifPresent(danger -> findings.add(new Finding(
                        Severity.SEVERE,
                        node.toString(),
                        "pg_hba.conf " + danger + " (" + rule + ")",
                        "change the rule to hostssl with scram-sha-256 or cert, and reload the server"))));
        return findings;
    }

    private static List<Finding> ofTrust(
            Node node, List<HbaRule> rules, Set<String> users, Set<String> databases, boolean fromItsHost) {
        Set<String> andReplication = new HashSet<>(databases);
        andReplication.add("replication");
        Map<HbaRule.Origin, List<HbaRule>> trusting = rules.stream()
                .filter(rule -> rule.trusts() && rule.concerns(users, andReplication))
                .collect(Collectors.groupingBy(
                        HbaRule::origin, () -> new EnumMap<>(HbaRule.Origin.class), Collectors.toList()));
        List<Finding> findings = new ArrayList<>();
        trusting.forEach((origin, those) -> findings.add(new Finding(
                origin == HbaRule.Origin.NETWORK || (origin == HbaRule.Origin.HOST && fromItsHost)
                        ? Severity.SEVERE
                        : Severity.WARNING,
                node.toString(),
                "pg_hba.conf: `trust` authentication disables isolation: " + clients(origin, fromItsHost)
                        + " may connect as any role that the rule names ("
                        + those.stream().map(HbaRule::toString).collect(Collectors.joining("; ")) + ")",
                "change the rule to " + remedy(origin) + ", and reload the server")));
        return findings;
    }

    private static String clients(HbaRule.Origin origin, boolean fromItsHost) {
        return switch (origin) {
            case NETWORK -> "any client";
            case HOST ->
                fromItsHost
                        ? "any process of this host, from which sessions of other nodes come,"
                        : "any process of this host, and any session that the server opens to itself,";
            case SOCKET -> "any process of this host that reaches the Unix socket";
        };
    }

    private static String remedy(HbaRule.Origin origin) {
        return switch (origin) {
            case NETWORK -> "hostssl with scram-sha-256 or cert";
            case HOST -> "scram-sha-256";
            case SOCKET -> "peer or scram-sha-256";
        };
    }

    private static HbaRule rule(AnswerRow row) {
        return new HbaRule(
                row.number(HbaQueries.LINE),
                row.text(HbaQueries.TYPE),
                lines(row, HbaQueries.DATABASES),
                lines(row, HbaQueries.USERS),
                row.text(HbaQueries.ADDRESS),
                row.text(HbaQueries.MASK),
                row.text(HbaQueries.METHOD));
    }

    private static List<String> lines(AnswerRow row, Field<String> field) {
        return List.of(row.text(field).split("\n", -1));
    }
}

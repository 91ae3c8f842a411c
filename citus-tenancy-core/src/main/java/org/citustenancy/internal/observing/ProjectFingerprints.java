package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.FingerprintQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * What projects look like from outside, over all nodes. A project that was seen in its desired state, inside and outside,
 * and has the same fingerprint now, was not dropped and created again since, and no role, limit, setting
 * or privileges, on whichever node.
 */
public final class ProjectFingerprints {

    private static final String DATABASES = "outline of databases";
    private static final String SETTINGS = "outline of settings";
    private static final String POSSESSIONS = "outline of possessions";
    private static final String ROLES = "outline of roles";
    private static final String NODE = "outline of the node";
    private static final List<String> QUESTIONS = List.of(DATABASES, SETTINGS, POSSESSIONS, ROLES, NODE);

    private final Topology topology;

    /**
     * Fingerprints of projects on a cluster.
     *
     * @param topology the cluster's nodes
     */
    public ProjectFingerprints(Topology topology) {
        this.topology = topology;
    }

    /**
     * Looks at several projects with as many statements as for one.
     *
     * @param session a session on the coordinator, in any database
     * @param users the projects, with the names of their users
     * @return each one's outline; none at all where a node does not answer
     */
    public Map<String, String> see(Session session, Map<String, ? extends Collection<String>> users) {
        Set<String> roles = users.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Map<String, Select<?>> questions = questions(users.keySet(), roles);
        Map<Node, BatchResult> answers = new LinkedHashMap<>();
        answers.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(session, questions));
        for (Map.Entry<Node, NodeAnswer> worker : BatchQueryExecutor.tryWorkers(session, topology.workers(), questions)
                .entrySet()) {
            if (!worker.getValue().success()) {
                return Map.of();
            }
            answers.put(worker.getKey(), BatchResult.parse(worker.getValue().text()));
        }
        Map<String, String> outlines = new HashMap<>();
        users.forEach((project, names) -> outlines.put(project, outline(answers, project, names)));
        return outlines;
    }

    /** What to query on each node for it. */
    static Map<String, Select<?>> questions(Collection<String> projects, Collection<String> roles) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(DATABASES, FingerprintQueries.databases(projects));
        questions.put(SETTINGS, FingerprintQueries.settings(projects));
        questions.put(POSSESSIONS, FingerprintQueries.possessions(projects));
        questions.put(NODE, FingerprintQueries.node());
        if (!roles.isEmpty()) {
            questions.put(ROLES, FingerprintQueries.roles(roles));
        }
        return questions;
    }

    /** The outline of a project, from the answers of all nodes. */
    String outline(Map<Node, BatchResult> answers, String project, Collection<String> users) {
        Set<String> lines = new TreeSet<>();
        lines.add("shards on the coordinator " + topology.coordinatorHoldsShards());
        topology.drained().forEach(node -> lines.add("drained " + node.address()));
        answers.forEach((node, said) -> lines(said, project, Set.copyOf(users))
                .forEach(line -> lines.add(node.role() + " " + node.address() + " " + line)));
        return Verifier.digest(String.join("\n", lines));
    }

    private static Stream<String> lines(BatchResult answers, String project, Set<String> users) {
        return QUESTIONS.stream().flatMap(question -> answers.to(question).stream()
                .filter(row -> question.equals(ROLES)
                        ? users.contains(subject(row))
                        : Set.of("", project).contains(subject(row)))
                .map(row -> question + " " + subject(row) + " " + row.get(FingerprintQueries.FACT.getName())));
    }

    private static String subject(Record row) {
        return row.get(FingerprintQueries.SUBJECT.getName(), String.class);
    }
}

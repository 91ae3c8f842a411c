package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Session;
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

    private final Topology topology;

    /** Fingerprints of projects on a cluster. */
    public ProjectFingerprints(Topology topology) {
        this.topology = topology;
    }

    /**
     * Looks at several projects with as many statements as for one.
     *
     * @param session a session on the coordinator, in any database
     * @return each one's outline; none at all where a node does not answer
     */
    public Map<String, String> see(Session session, Map<String, ? extends Collection<String>> users) {
        Set<String> roles = users.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
        Question<List<Fact>> question = question(users.keySet(), roles);
        Map<Node, List<Fact>> answers = new LinkedHashMap<>();
        answers.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(session, question));
        BatchQueryExecutor.tryWorkers(session, topology.workers(), question)
                .forEach((worker, reply) -> reply.answer().ifPresent(facts -> answers.put(worker, facts)));
        if (!answers.keySet().containsAll(topology.workers())) {
            return Map.of();
        }
        Map<String, String> outlines = new HashMap<>();
        users.forEach((project, names) -> outlines.put(project, outline(answers, project, names)));
        return outlines;
    }

    /**
     * What is so on a node.
     *
     * @param subject the database or role, empty for the node itself
     * @param role whether it is a role
     * @param line what is so, to be compared
     */
    record Fact(String subject, boolean role, String line) {

        boolean isAbout(String project, Set<String> users) {
            return role ? users.contains(subject) : subject.isEmpty() || subject.equals(project);
        }
    }

    /** What to ask each node for it. */
    static Question<List<Fact>> question(Collection<String> projects, Collection<String> roles) {
        List<Question<List<Fact>>> questions = List.of(
                facts("outline of databases", false, FingerprintQueries.databases(projects)),
                facts("outline of settings", false, FingerprintQueries.settings(projects)),
                facts("outline of possessions", false, FingerprintQueries.possessions(projects)),
                facts("outline of the node", false, FingerprintQueries.node()),
                facts("outline of roles", true, FingerprintQueries.roles(roles)).onlyIf(!roles.isEmpty()));
        return Question.together(List.copyOf(questions), answers -> questions.stream()
                .flatMap(question -> answers.to(question).stream())
                .toList());
    }

    private static Question<List<Fact>> facts(String kind, boolean roles, Select<?> query) {
        return Question.list(query, row -> {
            String subject = row.text(FingerprintQueries.SUBJECT);
            return new Fact(subject, roles, kind + " " + subject + " " + row.text(FingerprintQueries.FACT));
        });
    }

    /** The outline of a project, from the answers of all nodes. */
    String outline(Map<Node, List<Fact>> answers, String project, Collection<String> users) {
        Set<String> names = Set.copyOf(users);
        Set<String> lines = new TreeSet<>();
        lines.add("shards on the coordinator " + topology.coordinatorHoldsShards());
        topology.drained().forEach(node -> lines.add("drained " + node.address()));
        answers.forEach((node, facts) -> facts.stream()
                .filter(fact -> fact.isAbout(project, names))
                .forEach(fact -> lines.add(node.role() + " " + node.address() + " " + fact.line())));
        return Verifier.digest(String.join("\n", lines));
    }
}

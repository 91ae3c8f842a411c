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
 * Computes fingerprints: digests of the state of projects from outside, over all nodes. If a project that was observed
 * in its desired state, inside and outside, has the same fingerprint now, then neither it nor a role, limit, setting or
 * privilege of it was dropped or created again since, on any node.
 */
public final class ProjectFingerprints {

    private final Topology topology;

    /** Creates the fingerprints of projects on a cluster. */
    public ProjectFingerprints(Topology topology) {
        this.topology = topology;
    }

    /**
     * Computes the fingerprints of several projects with as many statements as for one.
     *
     * @param session a session on the coordinator, in any database
     * @return the fingerprint of each project; empty if a node does not answer
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
        Map<String, String> fingerprints = new HashMap<>();
        users.forEach((project, names) -> fingerprints.put(project, fingerprint(answers, project, names)));
        return fingerprints;
    }

    /**
     * A fact about a node.
     *
     * @param subject the database or role, empty for the node itself
     * @param role whether the subject is a role
     * @param line the fact, for comparison
     */
    record Fact(String subject, boolean role, String line) {

        boolean isAbout(String project, Set<String> users) {
            return role ? users.contains(subject) : subject.isEmpty() || subject.equals(project);
        }
    }

    /** Returns the question for the facts of a node. */
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

    /** Returns the fingerprint of a project, from the answers of all nodes. */
    String fingerprint(Map<Node, List<Fact>> answers, String project, Collection<String> users) {
        Set<String> names = Set.copyOf(users);
        Set<String> lines = new TreeSet<>();
        lines.add("shards on the coordinator " + topology.coordinatorHoldsShards());
        topology.drained().forEach(node -> lines.add("drained " + node.address()));
        topology.secondaries()
                .forEach((node, secondaries) -> secondaries.forEach(
                        secondary -> lines.add("secondary " + secondary.address() + " of " + node.address())));
        answers.forEach((node, facts) -> facts.stream()
                .filter(fact -> fact.isAbout(project, names))
                .forEach(fact -> lines.add(node.role() + " " + node.address() + " " + fact.line())));
        return Verifier.digest(String.join("\n", lines));
    }
}

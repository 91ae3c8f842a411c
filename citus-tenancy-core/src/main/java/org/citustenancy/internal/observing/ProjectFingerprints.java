package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.FingerprintQueries;
import org.citustenancy.internal.sql.WriteMarkQueries;
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
        return see(session, users, question(users.keySet(), roles(users)));
    }

    /**
     * Computes marks: fingerprints that change with every write inside a project, too, on any node. A session must have
     * ended for its last writes to count.
     *
     * @param session a session on the coordinator, in any database
     * @return the mark of each project; empty if a node does not answer
     */
    public Map<String, String> marks(Session session, Map<String, ? extends Collection<String>> users) {
        Set<String> roles = roles(users);
        Set<String> withOwner = new TreeSet<>(roles);
        withOwner.add(LibraryRoles.OWNER);
        Question<List<Fact>> writes = facts(List.of(
                facts("writes", false, WriteMarkQueries.writes(users.keySet())),
                facts("server", false, WriteMarkQueries.server()),
                facts("role of the library", true, FingerprintQueries.roles(List.of(LibraryRoles.OWNER))),
                facts("memberships", true, WriteMarkQueries.memberships(withOwner)),
                facts("shared objects", true, WriteMarkQueries.sharedObjects(roles))
                        .onlyIf(!roles.isEmpty()),
                facts("settings of roles", true, WriteMarkQueries.settings(roles))
                        .onlyIf(!roles.isEmpty())));
        return see(session, users, facts(List.of(question(users.keySet(), roles), writes)));
    }

    private static Set<String> roles(Map<String, ? extends Collection<String>> users) {
        return users.values().stream().flatMap(Collection::stream).collect(Collectors.toSet());
    }

    private Map<String, String> see(
            Session session, Map<String, ? extends Collection<String>> users, Question<List<Fact>> question) {
        Map<Node, List<Fact>> answers = new LinkedHashMap<>();
        answers.put(topology.coordinator(), BatchQueryExecutor.askCoordinator(session, question));
        BatchQueryExecutor.tryWorkers(session, topology.workers(), question)
                .forEach((worker, reply) -> reply.answer().ifPresent(facts -> answers.put(worker, facts)));
        if (!answers.keySet().containsAll(topology.workers())) {
            return Map.of();
        }
        Map<Node, Map<Subject, List<Fact>>> facts = bySubject(answers);
        Map<String, String> fingerprints = new HashMap<>();
        users.forEach((project, names) -> fingerprints.put(project, digest(facts, project, names)));
        return fingerprints;
    }

    /**
     * A fact about a node.
     *
     * @param subject what it is about
     * @param line the fact, for comparison
     */
    record Fact(Subject subject, String line) {}

    /**
     * What a fact is about.
     *
     * @param name the database or role, empty for the node itself
     * @param role whether it is a role
     */
    private record Subject(String name, boolean role) {

        static final Subject NODE = new Subject("", false);
    }

    /** Returns the question for the facts of a node. */
    static Question<List<Fact>> question(Collection<String> projects, Collection<String> roles) {
        return facts(List.of(
                facts("outline of databases", false, FingerprintQueries.databases(projects)),
                facts("outline of settings", false, FingerprintQueries.settings(projects)),
                facts("outline of possessions", false, FingerprintQueries.possessions(projects)),
                facts("outline of the node", false, FingerprintQueries.node()),
                facts("outline of roles", true, FingerprintQueries.roles(roles)).onlyIf(!roles.isEmpty())));
    }

    private static Question<List<Fact>> facts(List<Question<List<Fact>>> questions) {
        return Question.together(List.copyOf(questions), answers -> questions.stream()
                .flatMap(question -> answers.to(question).stream())
                .toList());
    }

    private static Question<List<Fact>> facts(String kind, boolean roles, Select<?> query) {
        return Question.list(query, row -> {
            String subject = row.text(FingerprintQueries.SUBJECT);
            return new Fact(
                    new Subject(subject, roles), kind + " " + subject + " " + row.text(FingerprintQueries.FACT));
        });
    }

    /** Returns the fingerprint of a project, from the answers of all nodes. */
    String fingerprint(Map<Node, List<Fact>> answers, String project, Collection<String> users) {
        return digest(bySubject(answers), project, users);
    }

    /** Groups the facts of each node. A look at all facts for each project would take quadratic time. */
    private static Map<Node, Map<Subject, List<Fact>>> bySubject(Map<Node, List<Fact>> answers) {
        Map<Node, Map<Subject, List<Fact>>> nodes = new LinkedHashMap<>();
        answers.forEach((node, facts) -> nodes.put(node, facts.stream().collect(Collectors.groupingBy(Fact::subject))));
        return nodes;
    }

    private String digest(Map<Node, Map<Subject, List<Fact>>> nodes, String project, Collection<String> users) {
        List<Subject> subjects = new ArrayList<>(
                List.of(Subject.NODE, new Subject(project, false), new Subject(LibraryRoles.OWNER, true)));
        users.forEach(user -> subjects.add(new Subject(user, true)));
        Set<String> lines = new TreeSet<>();
        lines.add("shards on the coordinator " + topology.coordinatorHoldsShards());
        topology.drained().forEach(node -> lines.add("drained " + node.address()));
        topology.secondaries()
                .forEach((node, secondaries) -> secondaries.forEach(
                        secondary -> lines.add("secondary " + secondary.address() + " of " + node.address())));
        nodes.forEach((node, facts) -> subjects.stream()
                .flatMap(subject -> facts.getOrDefault(subject, List.of()).stream())
                .forEach(fact -> lines.add(node.role() + " " + node.address() + " " + fact.line())));
        return Verifier.digest(String.join("\n", lines));
    }
}

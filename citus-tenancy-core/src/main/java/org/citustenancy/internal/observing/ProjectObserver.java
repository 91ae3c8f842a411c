package org.citustenancy.internal.observing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.jooq.Select;

/** Asks every node what it has of a project, from outside its database and from inside. */
public final class ProjectObserver {

    private static final String CITUS = "citus";

    private final Topology topology;

    /**
     * An observer of projects on a cluster.
     *
     * @param topology the cluster's nodes
     */
    public ProjectObserver(Topology topology) {
        this.topology = topology;
    }

    /**
     * Looks at a project on every node.
     *
     * @param lane the sessions to look through
     * @param project the project's name
     * @param users the users to look at
     * @return what the nodes say
     */
    public ObservedProject observe(Lane lane, String project, Collection<String> users) {
        Map<Node, Answers> outside = Surveyor.ask(
                lane.maintenance(), topology.coordinator(), topology.workers(), outsideQuestions(project, users));
        Map<Node, ObservedContents> inside =
                databaseOn(outside, topology.coordinator(), project) ? contents(lane, outside, project) : Map.of();
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        outside.forEach((node, answers) -> nodes.put(
                node,
                new NodeState(
                        Optional.ofNullable(AnswerReader.databases(answers).get(project)),
                        AnswerReader.roles(answers),
                        Optional.ofNullable(inside.get(node)))));
        ObservedProject seen = new ObservedProject(nodes, verifiers(lane, users), Map.of());
        return new ObservedProject(seen.nodes(), seen.verifiers(), blocked(lane, seen, users));
    }

    private static Map<String, Select<?>> outsideQuestions(String project, Collection<String> users) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        if (!users.isEmpty()) {
            questions.put(AnswerReader.ROLES, SurveyQueries.roles(users));
        }
        questions.put(AnswerReader.DATABASES, SurveyQueries.databases(List.of(project)));
        questions.put(AnswerReader.DOORS, SurveyQueries.doors(List.of(project)));
        questions.put(AnswerReader.SETTINGS, SurveyQueries.settings(List.of(project)));
        return questions;
    }

    private static boolean databaseOn(Map<Node, Answers> outside, Node node, String project) {
        Answers answers = outside.get(node);
        ObservedDatabase database =
                answers == null ? null : AnswerReader.databases(answers).get(project);
        return database != null && database.allowsConnections();
    }

    private Map<Node, ObservedContents> contents(Lane lane, Map<Node, Answers> outside, String project) {
        Map<String, Select<?>> first = Map.of(AnswerReader.EXTENSIONS, SurveyQueries.extensions());
        Answers coordinator = Surveyor.askCoordinator(lane.project(), first);
        boolean citus = AnswerReader.extensions(coordinator).containsKey(CITUS);
        Map<Node, Answers> extensions = new LinkedHashMap<>();
        extensions.put(topology.coordinator(), coordinator);
        if (citus) {
            List<Node> workers = topology.workers().stream()
                    .filter(worker -> databaseOn(outside, worker, project))
                    .toList();
            extensions.putAll(Surveyor.askWorkers(lane.project(), workers, first));
        }
        Map<Node, Answers> metadata = metadata(lane, extensions);
        Map<Node, ObservedContents> contents = new HashMap<>();
        extensions.forEach((node, answers) -> {
            Answers citusAnswers = metadata.getOrDefault(node, new Answers(Map.of()));
            contents.put(
                    node,
                    new ObservedContents(
                            AnswerReader.extensions(answers),
                            AnswerReader.nodes(citusAnswers),
                            AnswerReader.nodePasswords(citusAnswers)));
        });
        return contents;
    }

    /** Citus's own tables exist only where the extension does. */
    private Map<Node, Answers> metadata(Lane lane, Map<Node, Answers> extensions) {
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(AnswerReader.NODES, SurveyQueries.nodes());
        questions.put(AnswerReader.NODE_PASSWORDS, SurveyQueries.nodePasswords());
        List<Node> withCitus = new ArrayList<>();
        extensions.forEach((node, answers) -> {
            if (AnswerReader.extensions(answers).containsKey(CITUS)) {
                withCitus.add(node);
            }
        });
        if (!withCitus.remove(topology.coordinator())) {
            return Map.of();
        }
        return Surveyor.ask(lane.project(), topology.coordinator(), withCitus, questions);
    }

    private static Map<String, Verifier> verifiers(Lane lane, Collection<String> users) {
        Map<String, Verifier> verifiers = new HashMap<>();
        lane.maintenance().fetch(ClusterQueries.verifiers(users)).forEach(row -> {
            if (row.value2() != null) {
                verifiers.put(row.value1(), Verifier.stored(row.value2()));
            }
        });
        return verifiers;
    }

    /** Tries the way to the workers as each user, where the project is far enough for that. */
    private Map<String, List<NodeAnswer>> blocked(Lane lane, ObservedProject seen, Collection<String> users) {
        Node coordinator = topology.coordinator();
        boolean complete = topology.citus()
                && topology.nodes().stream()
                        .allMatch(node -> seen.on(node).database().isPresent()
                                && seen.on(node).has(CITUS))
                && topology.workers().stream().allMatch(worker -> seen.on(coordinator)
                        .contents()
                        .map(inside -> inside.knowsWorker(worker.address()))
                        .orElse(false));
        Map<String, List<NodeAnswer>> blocked = new HashMap<>();
        if (complete) {
            users.stream()
                    .filter(user -> topology.nodes().stream()
                            .allMatch(node -> seen.on(node).roles().containsKey(user)))
                    .forEach(user -> blocked.put(user, WorkerAccess.blocked(lane.project(), topology, user)));
        }
        return blocked;
    }
}

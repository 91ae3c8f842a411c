package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.InsideObserver.Inside;
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
     * @param desired the project, with the users to look at
     * @return what the nodes say
     */
    public ObservedProject observe(Lane lane, DesiredProject desired) {
        String project = desired.name();
        List<String> users = desired.userNames();
        Map<Node, Answers> outside = Surveyor.ask(
                lane.maintenance(), topology.coordinator(), topology.workers(), outsideQuestions(project, users));
        Map<Node, Inside> inside = Map.of();
        if (databaseOn(outside, topology.coordinator(), project)) {
            List<Node> workers = topology.workers().stream()
                    .filter(worker -> databaseOn(outside, worker, project))
                    .toList();
            inside = new InsideObserver(topology.coordinator(), workers).observe(lane.project(), desired);
        }
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        for (Map.Entry<Node, Answers> each : outside.entrySet()) {
            Optional<Inside> there = Optional.ofNullable(inside.get(each.getKey()));
            nodes.put(
                    each.getKey(),
                    new NodeState(
                            Optional.ofNullable(
                                    AnswerReader.databases(each.getValue()).get(project)),
                            AnswerReader.roles(each.getValue()),
                            there.map(Inside::contents),
                            there.map(Inside::privileges)));
        }
        ObservedProject seen = new ObservedProject(nodes, verifiers(lane, users), Map.of());
        return new ObservedProject(seen.nodes(), seen.verifiers(), blocked(lane, seen, desired));
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

    private static Map<String, Verifier> verifiers(Lane lane, Collection<String> users) {
        Map<String, Verifier> verifiers = new HashMap<>();
        lane.maintenance().fetch(ClusterQueries.verifiers(users)).forEach(row -> {
            if (row.value2() != null) {
                verifiers.put(row.value1(), Verifier.stored(row.value2()));
            }
        });
        return verifiers;
    }

    /** Tries the way to the workers as each user, where the project is far enough for that and lets the user in. */
    private Map<String, List<NodeAnswer>> blocked(Lane lane, ObservedProject seen, DesiredProject desired) {
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
            desired.staying()
                    .map(DesiredUser::name)
                    .filter(user -> topology.nodes().stream().allMatch(node -> letsIn(seen.on(node), user)))
                    .forEach(user -> blocked.put(user, WorkerAccess.blocked(lane.project(), topology, user)));
        }
        return blocked;
    }

    private static boolean letsIn(NodeState node, String user) {
        return node.roles().containsKey(user)
                && node.database().map(database -> database.letsIn(user)).orElse(false);
    }
}

package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.TableGrant;
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
        Map<Node, Inside> inside =
                databaseOn(outside, topology.coordinator(), project) ? inside(lane, outside, desired) : Map.of();
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        outside.forEach((node, answers) -> nodes.put(
                node,
                new NodeState(
                        Optional.ofNullable(AnswerReader.databases(answers).get(project)),
                        AnswerReader.roles(answers),
                        Optional.ofNullable(inside.get(node)).map(Inside::contents),
                        Optional.ofNullable(inside.get(node)).map(Inside::privileges))));
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

    private record Inside(ObservedContents contents, ObservedPrivileges privileges) {}

    private Map<Node, Inside> inside(Lane lane, Map<Node, Answers> outside, DesiredProject desired) {
        Map<Node, Answers> extensions = extensions(lane, outside, desired.name());
        Map<Node, Answers> details = details(lane, extensions, desired);
        Map<Node, Inside> inside = new HashMap<>();
        extensions.forEach((node, answers) -> {
            Answers detail = details.getOrDefault(node, new Answers(Map.of()));
            ObservedContents contents = new ObservedContents(
                    AnswerReader.extensions(answers),
                    AnswerReader.nodes(detail),
                    AnswerReader.knownRoles(detail),
                    AnswerReader.nodePasswords(detail));
            inside.put(node, new Inside(contents, PrivilegeObserver.read(detail)));
        });
        return inside;
    }

    /** First of all, since what else can be asked depends on them. */
    private Map<Node, Answers> extensions(Lane lane, Map<Node, Answers> outside, String project) {
        Map<String, Select<?>> questions = Map.of(AnswerReader.EXTENSIONS, SurveyQueries.extensions());
        Map<Node, Answers> extensions = new LinkedHashMap<>();
        Answers coordinator = Surveyor.askCoordinator(lane.project(), questions);
        extensions.put(topology.coordinator(), coordinator);
        if (AnswerReader.extensions(coordinator).containsKey(CITUS)) {
            List<Node> workers = topology.workers().stream()
                    .filter(worker -> databaseOn(outside, worker, project))
                    .toList();
            extensions.putAll(Surveyor.askWorkers(lane.project(), workers, questions));
        }
        return extensions;
    }

    private Map<Node, Answers> details(Lane lane, Map<Node, Answers> extensions, DesiredProject desired) {
        Map<Boolean, List<Node>> workers = extensions.keySet().stream()
                .filter(node -> !node.isCoordinator())
                .collect(Collectors.partitioningBy(node -> hasCitus(extensions, node)));
        Map<Node, Answers> details = new LinkedHashMap<>();
        Node coordinator = topology.coordinator();
        details.put(
                coordinator,
                Surveyor.askCoordinator(lane.project(), detailQuestions(hasCitus(extensions, coordinator), desired)));
        workers.forEach((citus, nodes) ->
                details.putAll(Surveyor.askWorkers(lane.project(), nodes, detailQuestions(citus, desired))));
        return details;
    }

    private static boolean hasCitus(Map<Node, Answers> extensions, Node node) {
        Answers answers = extensions.get(node);
        return answers != null && AnswerReader.extensions(answers).containsKey(CITUS);
    }

    private static Map<String, Select<?>> detailQuestions(boolean citus, DesiredProject desired) {
        Set<TableName> tables = desired.users().values().stream()
                .flatMap(user -> user.options().tables().stream())
                .map(TableGrant::table)
                .collect(Collectors.toSet());
        Map<String, Select<?>> questions =
                new LinkedHashMap<>(PrivilegeObserver.questions(citus, desired.userNames(), tables));
        if (citus) {
            questions.put(AnswerReader.NODES, SurveyQueries.nodes());
            questions.put(AnswerReader.KNOWN_ROLES, SurveyQueries.rolesKnownToCitus(desired.userNames()));
            questions.put(AnswerReader.NODE_PASSWORDS, SurveyQueries.nodePasswords());
        }
        return questions;
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

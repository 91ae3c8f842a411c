package org.citustenancy.internal.observing;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.InsideObserver.Inside;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.internal.sql.TemplateQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Observes a project on every node, from outside its database and from inside. */
public final class ProjectObserver {

    private static final String CITUS = "citus";

    private final Topology topology;

    /** Creates an observer of projects on a cluster. */
    public ProjectObserver(Topology topology) {
        this.topology = topology;
    }

    /**
     * Observes a project on every node.
     *
     * @param sessions the sessions of the observation
     * @param desired the project, with the users to observe
     * @return the observed state
     */
    public ObservedProject observe(ProjectSessions sessions, DesiredProject desired) {
        return observe(sessions, desired, Set.of());
    }

    /**
     * Observes the same, without another try for users that have just reached every worker.
     *
     * @param sessions the sessions of the observation
     * @param desired the project, with the users to observe
     * @return the observed state
     */
    public ObservedProject observe(ProjectSessions sessions, DesiredProject desired, Set<String> reaching) {
        String project = desired.name();
        List<String> users = desired.userNames();
        Question<Optional<SourceDatabase>> emptyTemplate = Question.exists(EmptyTemplateQueries.usable())
                .onlyIf(topology.citus())
                .map(usable -> usable ? Optional.of(SourceDatabase.BLANK) : Optional.empty());
        Question<Outside> question = Outside.about(
                project, users, topology.citus(), emptyTemplate, ProjectFingerprints.question(List.of(project), users));
        Map<Node, ProjectLook.Seen> seenOn = new ProjectLook(topology, sessions, desired, question).everywhere();
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        Map<Node, AdminSessions> admin = new LinkedHashMap<>();
        Map<Node, List<ProjectFingerprints.Fact>> facts = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            ProjectLook.Seen there = Objects.requireNonNull(seenOn.get(node));
            Outside outside = there.outside();
            nodes.put(
                    node,
                    new NodeState(
                            outside.database(),
                            outside.roles(),
                            there.inside().map(Inside::contents),
                            there.inside().map(Inside::privileges),
                            outside.original()));
            admin.put(node, outside.admin());
            facts.put(node, outside.facts());
        }
        Optional<String> fingerprint =
                Optional.of(new ProjectFingerprints(topology).fingerprint(facts, project, users));
        ObservedProject seen =
                new ObservedProject(nodes, verifiers(sessions.maintenance(), users), Map.of(), admin, fingerprint);
        return new ObservedProject(
                seen.nodes(),
                seen.verifiers(),
                blocked(sessions, seen, desired, reaching),
                seen.admin(),
                seen.fingerprint());
    }

    /**
     * Returns the question for a project from outside only, and whether its database can be a copy of a template.
     *
     * @param desired the project, with the users to observe
     * @param mark the mark of the template
     * @return a question for the maintenance database; the nodes have an original if the template has that mark
     */
    public Question<SeenOutside> outside(DesiredProject desired, String template, String mark) {
        Question<Optional<SourceDatabase>> original =
                Question.first(TemplateQueries.sealed(template, mark), row -> original(template, row));
        return Outside.about(desired.name(), desired.userNames(), topology.citus(), original, Question.none(List.of()))
                .map(SeenOutside::of);
    }

    /**
     * Returns the original. If a checkpoint costs nothing, copying files takes less time than writing each block to the
     * log, too.
     */
    private static SourceDatabase original(String template, AnswerRow row) {
        return SourceDatabase.closed(template, !row.flag(TemplateQueries.DURABLE));
    }

    /**
     * Observes roles alone.
     *
     * @param sessions the sessions of the observation
     * @param users the roles
     * @return the observed state of the roles
     */
    public ObservedProject observeRoles(ProjectSessions sessions, List<String> users) {
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        BatchQueryExecutor.ask(sessions.maintenance(), topology, RoleQuestions.about(users))
                .forEach((node, roles) -> nodes.put(
                        node,
                        new NodeState(Optional.empty(), roles, Optional.empty(), Optional.empty(), Optional.empty())));
        return new ObservedProject(nodes, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /**
     * Returns the verifiers on the coordinator.
     *
     * @param users the roles
     * @return by role
     */
    public static Map<String, Verifier> verifiers(Session session, Collection<String> users) {
        Map<String, Verifier> verifiers = new HashMap<>();
        session.fetch(ClusterQueries.verifiers(users)).forEach(row -> {
            if (row.value2() != null) {
                verifiers.put(row.value1(), Verifier.stored(row.value2()));
            }
        });
        return verifiers;
    }

    /** Tries to reach the workers as each user, if the project's state allows it and the user may connect. */
    private Map<String, List<NodeAnswer>> blocked(
            ProjectSessions sessions, ObservedProject seen, DesiredProject desired, Set<String> reaching) {
        Node coordinator = topology.coordinator();
        boolean complete = topology.citus()
                && topology.nodes().stream()
                        .allMatch(node -> seen.on(node).database().isPresent()
                                && seen.on(node).has(CITUS))
                && topology.workers().stream().allMatch(worker -> seen.on(coordinator)
                        .contents()
                        .map(inside -> inside.worker(worker.address()).isPresent())
                        .orElse(false));
        Map<String, List<NodeAnswer>> blocked = new HashMap<>();
        if (complete) {
            desired.staying()
                    .map(DesiredUser::name)
                    .filter(user -> topology.nodes().stream().allMatch(node -> letsIn(seen.on(node), user)))
                    .forEach(user -> blocked.put(
                            user,
                            reaching.contains(user)
                                    ? List.of()
                                    : WorkerAccess.blocked(sessions.project(), topology, user)));
        }
        return blocked;
    }

    private static boolean letsIn(NodeState node, String user) {
        ObservedRole role = node.roles().get(user);
        return role != null
                && role.login()
                && node.database().map(database -> database.letsIn(user)).orElse(false);
    }
}

package org.citustenancy.internal.observing;

import java.util.ArrayList;
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
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.InsideObserver.Inside;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.internal.sql.EmptyTemplateQueries;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.internal.sql.TemplateQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Asks every node what it has of a project, from outside its database and from inside. */
public final class ProjectObserver {

    private static final String CITUS = "citus";
    private static final String TEMPLATE = "template";

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
     * @param sessions the sessions to look through
     * @param desired the project, with the users to look at
     * @return the observed state
     */
    public ObservedProject observe(ProjectSessions sessions, DesiredProject desired) {
        return observe(sessions, desired, Set.of());
    }

    /**
     * The same, without another try for users that reached every worker a moment ago.
     *
     * @param sessions the sessions to look through
     * @param desired the project, with the users to look at
     * @param reaching those users
     * @return the observed state
     */
    public ObservedProject observe(ProjectSessions sessions, DesiredProject desired, Set<String> reaching) {
        String project = desired.name();
        List<String> users = desired.userNames();
        Map<String, Select<?>> questions = outsideQuestions(project, users);
        questions.putAll(ProjectFingerprints.questions(List.of(project), users));
        questions.putAll(AdminSessions.questions(topology.citus()));
        if (topology.citus()) {
            questions.put(AnswerReader.BLANK, EmptyTemplateQueries.usable());
        }
        Map<Node, ProjectLook.Seen> seenOn = new ProjectLook(topology, sessions, desired, questions).everywhere();
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            ProjectLook.Seen there = Objects.requireNonNull(seenOn.get(node));
            nodes.put(
                    node,
                    new NodeState(
                            there.database(project),
                            AnswerReader.roles(there.outside()),
                            there.inside().map(Inside::contents),
                            there.inside().map(Inside::privileges),
                            there.outside().to(AnswerReader.BLANK).isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(SourceDatabase.BLANK)));
        }
        Map<Node, BatchResult> outside = new LinkedHashMap<>();
        seenOn.forEach((node, there) -> outside.put(node, there.outside()));
        Optional<String> outline = Optional.of(new ProjectFingerprints(topology).outline(outside, project, users));
        ObservedProject seen =
                new ObservedProject(nodes, verifiers(sessions.maintenance(), users), Map.of(), admin(outside), outline);
        return new ObservedProject(
                seen.nodes(),
                seen.verifiers(),
                blocked(sessions, seen, desired, reaching),
                seen.admin(),
                seen.outline());
    }

    /**
     * A look at a project from outside only, and whether its database can be a copy of a template.
     *
     * @param desired the project, with the users to look at
     * @param template the template
     * @param mark what the template is marked with
     * @return asks in the maintenance database; the nodes have an original where the template is what its mark says
     */
    public BatchQuery<ObservedProject> outside(DesiredProject desired, String template, String mark) {
        Map<String, Select<?>> questions = outsideQuestions(desired.name(), desired.userNames());
        questions.put(TEMPLATE, TemplateQueries.sealed(template, mark));
        questions.putAll(AdminSessions.questions(topology.citus()));
        return new BatchQuery<>(questions, answers -> {
            Map<Node, NodeState> nodes = new LinkedHashMap<>();
            answers.forEach((node, there) -> nodes.put(
                    node,
                    new NodeState(
                            Optional.ofNullable(AnswerReader.databases(there).get(desired.name())),
                            AnswerReader.roles(there),
                            Optional.empty(),
                            Optional.empty(),
                            original(template, there))));
            // A template's users are known without their passwords, so there is nothing to compare a verifier with.
            return new ObservedProject(nodes, Map.of(), Map.of(), admin(answers), Optional.empty());
        });
    }

    /** Where a checkpoint costs nothing, to copy files as such takes less than to write each block to the log as well. */
    private static Optional<SourceDatabase> original(String template, BatchResult answers) {
        return answers.to(TEMPLATE).stream()
                .map(row -> SourceDatabase.closed(template, !row.get(TemplateQueries.DURABLE.getName(), Boolean.class)))
                .findFirst();
    }

    /**
     * Looks at roles alone.
     *
     * @param sessions the sessions to look through
     * @param users the roles
     * @return the observed state of them
     */
    public ObservedProject observeRoles(ProjectSessions sessions, List<String> users) {
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        BatchQueryExecutor.ask(sessions.maintenance(), topology.coordinator(), topology.workers(), roleQuestions(users))
                .forEach((node, answers) -> nodes.put(
                        node,
                        new NodeState(
                                Optional.empty(),
                                AnswerReader.roles(answers),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
        return new ObservedProject(nodes, Map.of(), Map.of(), Map.of(), Optional.empty());
    }

    /** About the users, and about the role that owns the databases. */
    private static Map<String, Select<?>> roleQuestions(Collection<String> users) {
        List<String> roles = new ArrayList<>(users);
        roles.add(LibraryRoles.OWNER);
        Map<String, Select<?>> questions = new LinkedHashMap<>();
        questions.put(AnswerReader.ROLES, SurveyQueries.roles(roles));
        questions.put(AnswerReader.OWNER_MEMBERS, SurveyQueries.members(LibraryRoles.OWNER));
        return questions;
    }

    private static Map<String, Select<?>> outsideQuestions(String project, Collection<String> users) {
        Map<String, Select<?>> questions = new LinkedHashMap<>(roleQuestions(users));
        questions.put(AnswerReader.DATABASES, SurveyQueries.databases(List.of(project)));
        questions.put(AnswerReader.DOORS, SurveyQueries.doors(List.of(project)));
        questions.put(AnswerReader.SETTINGS, SurveyQueries.settings(List.of(project)));
        return questions;
    }

    private static Map<Node, AdminSessions> admin(Map<Node, BatchResult> outside) {
        Map<Node, AdminSessions> admin = new LinkedHashMap<>();
        outside.forEach((node, answers) -> admin.put(node, AdminSessions.read(answers)));
        return admin;
    }

    /**
     * The verifiers that the coordinator has.
     *
     * @param session a session on it, in any database
     * @param users of which roles
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

    /** Tries the way to the workers as each user, where the project is far enough for that and lets the user in. */
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

package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RoleRemoval;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.sql.RemovalQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.UserOptions;

/** Drops a user: removes it from every project, then drops the role on every node. */
public final class UserRemover {

    private final Cluster cluster;

    /** Creates a remover of users from a cluster. */
    public UserRemover(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Drops a user. */
    public List<StepOutcome> drop(String user) {
        Names.user(user);
        Deadline deadline = cluster.deadline();
        List<StepOutcome> outcomes = new ArrayList<>();
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            ProjectRegistry registry = cluster.registry(sessions.maintenance());
            List<String> projects = registry.projectsOf(user);
            refuseOwner(registry, projects, user);
            refuseForeign(topology, sessions, registry, user);
            projects.forEach(project -> outcomes.addAll(leave(project, user)));
            for (String project : managedThatNeed(topology, sessions, registry, user)) {
                outcomes.addAll(lastPrivileges(topology, project, user, deadline));
            }
            try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
                List<PlannedStep> drop = RoleRemoval.dropRole(having(topology, sessions, user), user);
                outcomes.addAll(new ProjectContext(cluster, topology, sessions, user)
                        .executionOf(drop)
                        .runGlobalStages());
            }
        }
        return outcomes;
    }

    private static void refuseOwner(ProjectRegistry registry, List<String> projects, String user) {
        List<String> owned = projects.stream()
                .filter(project -> registry.find(project)
                        .flatMap(entry -> entry.desired().owner())
                        .map(owner -> owner.name().equals(user))
                        .orElse(false))
                .toList();
        if (!owned.isEmpty()) {
            throw new ConflictException(Failure.of("\"" + user + "\" owns " + String.join(", ", owned))
                    .state("nothing was changed")
                    .fix("drop these projects first"));
        }
    }

    private static void refuseForeign(
            Topology topology, ProjectSessions sessions, ProjectRegistry registry, String user) {
        Set<String> managed = new TreeSet<>();
        registry.list().forEach(project -> managed.add(project.name()));
        needing(topology, sessions, user).forEach((node, databases) -> databases.stream()
                .filter(database -> !database.isEmpty() && !managed.contains(database))
                .findFirst()
                .ifPresent(database -> {
                    throw new ConflictException(Failure.of(
                                    "\"" + user + "\" owns or may use something in a database that is not managed here")
                            .where(Place.unknown().on(node).in(database))
                            .state("nothing was changed")
                            .fix("run REASSIGN OWNED and DROP OWNED there, or adopt the database"));
                }));
    }

    private List<StepOutcome> leave(String project, String user) {
        DesiredUser leaving = new DesiredUser(user, AccessLevel.NONE, UserOptions.STANDARD, Optional.empty());
        return new ProjectProvisioner(cluster, ProvisioningMode.REPAIR)
                .create(DesiredProject.named(project).withUsers(List.of(leaving)), StepListener.NONE)
                .result()
                .outcomes();
    }

    private static Set<String> managedThatNeed(
            Topology topology, ProjectSessions sessions, ProjectRegistry registry, String user) {
        Set<String> databases = new TreeSet<>();
        needing(topology, sessions, user).values().forEach(databases::addAll);
        databases.removeIf(database -> registry.find(database).isEmpty());
        return databases;
    }

    private List<StepOutcome> lastPrivileges(Topology topology, String project, String user, Deadline deadline) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline);
                AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), project)) {
            List<PlannedStep> steps = RoleRemoval.lastPrivileges(having(topology, sessions, user), user);
            return new ProjectContext(cluster, topology, sessions, project)
                    .executionOf(steps)
                    .runProjectStages();
        }
    }

    private static List<Node> having(Topology topology, ProjectSessions sessions, String user) {
        Question<Boolean> has = Question.exists(RemovalQueries.roles(List.of(user)));
        return BatchQueryExecutor.ask(sessions.maintenance(), topology, has).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Node, Set<String>> needing(Topology topology, ProjectSessions sessions, String user) {
        Question<Set<String>> databases = Question.of(RemovalQueries.databasesThatNeed(user), rows -> rows.stream()
                .map(row -> row.text(RemovalQueries.NAME))
                .collect(Collectors.toCollection(TreeSet::new)));
        return BatchQueryExecutor.ask(sessions.maintenance(), topology, databases);
    }
}

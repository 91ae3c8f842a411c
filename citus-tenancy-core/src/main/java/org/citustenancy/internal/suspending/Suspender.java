package org.citustenancy.internal.suspending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.citustenancy.errors.CapacityException;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.observing.Question;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.SuspensionPlanner;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.recovery.RecoveringNodes;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SuspensionQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Suspends projects, all at once, and resumes them. The daemons of all nodes end at the same time, since each of them
 * connects to the other nodes, which starts the daemons there. Connections stay allowed: the next client starts them.
 */
final class Suspender {

    /**
     * How long no daemon may run before a project counts as suspended. The server starts a daemon that failed, for
     * example because its session to another node was cut, after 5 s.
     */
    private static final Duration QUIET = Duration.ofMillis(6_500);

    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** How long a session that was just closed may still be visible. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Topology topology;
    private final Session maintenance;
    private final Deadline deadline;
    private final Map<String, List<StepOutcome>> done = new ConcurrentHashMap<>();
    private final Map<String, CitusTenancyException> failures = new ConcurrentHashMap<>();

    Suspender(Cluster cluster, Topology topology, Session maintenance, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.maintenance = maintenance;
        this.deadline = deadline;
    }

    /** Returns the steps that were completed for a project. */
    List<StepOutcome> outcomes(String project) {
        return done.getOrDefault(project, List.of());
    }

    /** Returns the projects that are not suspended, or have no daemon when they should, with the reason. */
    Map<String, CitusTenancyException> failures() {
        return failures;
    }

    /** Returns the steps that end the daemons of a project. */
    static List<PlannedStep> steps(ProjectUse use, String project) {
        return SuspensionPlanner.suspend(project, use.awake(project));
    }

    /** Suspends projects. One that is in use stays awake, and is one of the failures. */
    void suspend(Collection<String> projects) {
        Set<String> left = new TreeSet<>(projects);
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        left.removeIf(project -> steps(use, project).isEmpty());
        if (left.isEmpty()) {
            return;
        }
        refuse(left, lasting(left), "nothing was changed");
        finishWork(left);
        endDaemons(left);
    }

    /** Recovers distributed transactions, whose commit records would stay until a project is awake again. */
    private void finishWork(Set<String> projects) {
        RecoveringNodes nodes = RecoveringNodes.observe(maintenance, topology);
        cluster.together().each(List.copyOf(projects), project -> {
            try {
                List<String> obstacles = new ArrayList<>(nodes.unexpected());
                if (obstacles.isEmpty()) {
                    obstacles.addAll(nodes.recover(cluster, project, topology.nodes(), recovered -> {}));
                    obstacles.addAll(unfinishedWork(project));
                }
                if (!obstacles.isEmpty()) {
                    throw inUse(project, obstacles, "nothing was changed");
                }
            } catch (OperationInterruptedException ended) {
                throw ended;
            } catch (CitusTenancyException failure) {
                failures.put(project, failure);
            }
            return project;
        });
        projects.removeAll(failures.keySet());
    }

    private List<String> unfinishedWork(String project) {
        Question<List<String>> question =
                Question.list(SuspensionQueries.unfinishedWork(), row -> row.text(SuspensionQueries.NAME));
        List<String> unfinished = new ArrayList<>();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            BatchQueryExecutor.ask(sessions.project(), topology, question).forEach((node, work) -> {
                if (!work.isEmpty()) {
                    unfinished.add(String.join(", ", work) + " on the " + node);
                }
            });
        }
        return unfinished;
    }

    /** Ends the daemons, and again those that start meanwhile, until none has run for some time. */
    private void endDaemons(Set<String> projects) {
        long quietSince = System.nanoTime();
        while (!projects.isEmpty() && System.nanoTime() - quietSince < QUIET.toNanos()) {
            Map<String, List<String>> obstacles = lasting(projects);
            refuse(projects, obstacles, "it is awake");
            // A session that began before its daemon ended does not start another one.
            resume(obstacles.keySet());
            ProjectUse use = ProjectUse.observe(maintenance, topology);
            Map<String, List<PlannedStep>> steps = new LinkedHashMap<>();
            projects.forEach(project -> steps.put(project, steps(use, project)));
            if (steps.values().stream().allMatch(List::isEmpty)) {
                deadline.sleep(BETWEEN, maintenance.place());
            } else {
                run(steps);
                quietSince = System.nanoTime();
            }
        }
    }

    /** Runs the steps of all projects at once, and not one project after another. */
    private void run(Map<String, List<PlannedStep>> steps) {
        List<PlannedStep> all = steps.values().stream().flatMap(List::stream).toList();
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, deadline)) {
            List<StepOutcome> outcomes = new ProjectContext(cluster, topology, sessions, database).run(all);
            int next = 0;
            for (Map.Entry<String, List<PlannedStep>> project : steps.entrySet()) {
                List<StepOutcome> ofProject =
                        outcomes.subList(next, next + project.getValue().size());
                done.merge(project.getKey(), List.copyOf(ofProject), Suspender::both);
                next += project.getValue().size();
            }
        }
    }

    private static List<StepOutcome> both(List<StepOutcome> first, List<StepOutcome> second) {
        List<StepOutcome> both = new ArrayList<>(first);
        both.addAll(second);
        return List.copyOf(both);
    }

    /** Returns what keeps projects awake, and does not go away at once. */
    private Map<String, List<String>> lasting(Set<String> projects) {
        long end = System.nanoTime() + CLOSING.toNanos();
        Map<String, List<String>> obstacles = obstacles(projects);
        while (!obstacles.isEmpty() && System.nanoTime() - end < 0) {
            deadline.sleep(BETWEEN, maintenance.place());
            obstacles = obstacles(obstacles.keySet());
        }
        return obstacles;
    }

    private Map<String, List<String>> obstacles(Set<String> projects) {
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        return projects.stream()
                .filter(project -> !use.obstacles(project).isEmpty())
                .collect(Collectors.toMap(project -> project, use::obstacles));
    }

    private void refuse(Set<String> projects, Map<String, List<String>> obstacles, String state) {
        obstacles.forEach((project, reasons) -> failures.put(project, inUse(project, reasons, state)));
        projects.removeAll(obstacles.keySet());
    }

    static ConflictException inUse(String project, List<String> obstacles, String state) {
        return new ConflictException(
                Failure.of("The project \"" + project + "\" cannot be suspended: " + String.join("; ", obstacles))
                        .where(Place.unknown().in(project))
                        .state(state)
                        .fix("close idle connections, finish what is listed, and suspend it again"));
    }

    /**
     * Starts the daemons of projects on all nodes, and waits until they run. A project without a daemon on some node is
     * one of the failures.
     */
    void resume(Collection<String> projects) {
        long end = System.nanoTime() + QUIET.toNanos();
        Map<String, List<Node>> asleep = asleep(projects);
        while (!asleep.isEmpty() && System.nanoTime() - end < 0) {
            Map<String, List<Node>> now = asleep;
            cluster.together().each(List.copyOf(now.keySet()), project -> {
                try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
                    List<PlannedStep> steps = SuspensionPlanner.resume(now.getOrDefault(project, List.of()));
                    done.merge(
                            project,
                            new ProjectContext(cluster, topology, sessions, project).run(steps),
                            Suspender::both);
                }
                return project;
            });
            deadline.sleep(BETWEEN, maintenance.place());
            asleep = asleep(now.keySet());
        }
        asleep.forEach((project, nodes) -> failures.put(project, noProcess(project, nodes)));
    }

    private Map<String, List<Node>> asleep(Collection<String> projects) {
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        return projects.stream()
                .filter(project -> !use.asleep(project).isEmpty())
                .collect(Collectors.toMap(project -> project, use::asleep));
    }

    private static CapacityException noProcess(String project, List<Node> asleep) {
        return new CapacityException(Failure.of("No maintenance daemon of \"" + project + "\" has started on "
                        + asleep.stream().map(Node::toString).collect(Collectors.joining(", "))
                        + ": there is probably no background process left")
                .where(Place.unknown().on(asleep.get(0)).in(project))
                .state("clients can use the project; Citus detects no deadlocks there and finishes no transactions")
                .fix("suspend other projects, or see capacity() for the setting to raise; then resume it again"));
    }
}

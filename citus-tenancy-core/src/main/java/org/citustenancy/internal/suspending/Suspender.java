package org.citustenancy.internal.suspending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
import org.citustenancy.internal.registry.LivingServices;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SuspensionQueries;
import org.citustenancy.internal.statistics.LastContents;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.statistics.ProjectContents;
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

    /** How often the daemons of a project are ended. */
    private static final int TIMES = 4;

    private static final Duration BETWEEN = Duration.ofMillis(250);

    /** The number of projects whose work is finished before their daemons end. */
    private static final int GROUP = 8;

    /** How long the look at one project may take, so that a lock in it does not stop the others. */
    private static final Duration FINISHED_WITHIN = Duration.ofSeconds(30);

    /** How long a session that was just closed may still be visible. */
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private static final Question<List<String>> UNFINISHED =
            Question.list(SuspensionQueries.unfinishedWork(), row -> row.text(SuspensionQueries.NAME));

    private final Cluster cluster;
    private final Topology topology;
    private final Session maintenance;
    private final Deadline deadline;
    private final List<StepOutcome> done = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, CitusTenancyException> failures = new ConcurrentHashMap<>();
    private final Set<String> unconfirmed = new HashSet<>();

    Suspender(Cluster cluster, Topology topology, Session maintenance, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.maintenance = maintenance;
        this.deadline = deadline;
    }

    /** Returns the steps that were completed. */
    List<StepOutcome> outcomes() {
        return List.copyOf(done);
    }

    /** Returns the projects that are not suspended, or have no daemon when they should, with the reason. */
    Map<String, CitusTenancyException> failures() {
        return failures;
    }

    /** Returns the same projects with the reasons in one line. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        failures.forEach(
                (project, failure) -> reasons.put(project, failure.failure().what()));
        return reasons;
    }

    /** Returns the projects without a daemon that were not watched long enough to see a failed one start again. */
    Set<String> unconfirmed() {
        return unconfirmed;
    }

    /** Returns the steps that end the daemons of a project. */
    static List<PlannedStep> steps(ProjectUse use, String project) {
        return SuspensionPlanner.suspend(project, use.awake(project));
    }

    /** Suspends projects. One that is in use stays awake, and is one of the failures. */
    void suspend(Collection<String> projects) {
        suspend(projects, () -> false);
    }

    /**
     * Suspends projects.
     *
     * @param hurried whether to return when no daemon is visible, without the wait for daemons that have failed
     */
    void suspend(Collection<String> projects, BooleanSupplier hurried) {
        Set<String> left = new LinkedHashSet<>(projects);
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        left.removeIf(project -> steps(use, project).isEmpty());
        if (left.isEmpty()) {
            return;
        }
        refuse(left, lasting(left), "nothing was changed");
        // Distributed transactions are left to a service that recovers them, since it also knows the standbys. Until
        // then, their commit records are an obstacle.
        Optional<RecoveringNodes> nodes = LivingServices.recover(maintenance)
                ? Optional.empty()
                : Optional.of(RecoveringNodes.observe(maintenance, topology));
        List<String> unexpected = nodes.map(RecoveringNodes::unexpected).orElse(List.of());
        if (!unexpected.isEmpty()) {
            left.forEach(project -> failures.put(project, nodeFailed(project, unexpected)));
            return;
        }
        // The first processes are free while the work of other projects still goes on.
        for (Set<String> group : groups(left)) {
            finishWork(group, nodes);
            group.removeAll(failures.keySet());
            group.removeAll(lasting(group).keySet());
            ProjectUse now = ProjectUse.observe(maintenance, topology);
            run(group.stream().flatMap(project -> steps(now, project).stream()).toList());
        }
        left.removeAll(failures.keySet());
        endDaemons(left, hurried);
    }

    private static List<Set<String>> groups(Collection<String> projects) {
        List<String> all = List.copyOf(projects);
        List<Set<String>> groups = new ArrayList<>();
        for (int first = 0; first < all.size(); first += GROUP) {
            groups.add(new LinkedHashSet<>(all.subList(first, Math.min(first + GROUP, all.size()))));
        }
        return groups;
    }

    /**
     * Finishes what daemons would have to do later, and saves the contents of projects, since a later look inside would
     * wake them.
     */
    private void finishWork(Set<String> projects, Optional<RecoveringNodes> nodes) {
        Map<String, ProjectContents> last = new ConcurrentHashMap<>();
        each(projects, project -> {
            // One session for all of it, because the first one of a database costs much more than a query.
            try (Session session = cluster.sessions().admin(project, deadline.atMost(FINISHED_WITHIN))) {
                List<String> obstacles = new ArrayList<>();
                Map<Node, List<String>> unfinished = unfinishedWork(session);
                List<Node> coordinating = withCommitRecords(unfinished);
                if (nodes.isPresent() && !coordinating.isEmpty()) {
                    obstacles.addAll(nodes.get().recover(cluster, project, coordinating, recovered -> {}));
                    unfinished = unfinishedWork(session);
                }
                unfinished.forEach((node, work) -> obstacles.add(String.join(", ", work) + " on the " + node));
                if (!obstacles.isEmpty()) {
                    throw inUse(project, obstacles, "it is awake; distributed transactions may have been recovered");
                }
                LastContents.read(session, project, topology).ifPresent(read -> last.put(project, read));
            }
        });
        LastContents.save(maintenance, last);
    }

    private Map<Node, List<String>> unfinishedWork(Session session) {
        Map<Node, List<String>> unfinished = new LinkedHashMap<>();
        BatchQueryExecutor.ask(session, topology, UNFINISHED).forEach((node, work) -> {
            if (!work.isEmpty()) {
                unfinished.put(node, work);
            }
        });
        return unfinished;
    }

    private static List<Node> withCommitRecords(Map<Node, List<String>> unfinished) {
        return unfinished.entrySet().stream()
                .filter(node -> node.getValue().contains(SuspensionQueries.COMMIT_RECORDS))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Runs work for each project at the same time. A project that fails does not stop the others. */
    private void each(Collection<String> projects, Consumer<String> work) {
        cluster.together().each(List.copyOf(projects), project -> {
            try {
                work.accept(project);
            } catch (OperationInterruptedException ended) {
                throw ended;
            } catch (CitusTenancyException failure) {
                failures.put(project, failure);
            }
            return project;
        });
    }

    private static ConflictException nodeFailed(String project, List<String> unexpected) {
        return new ConflictException(
                Failure.of("The project \"" + project
                                + "\" cannot be suspended, because its distributed transactions cannot be recovered: "
                                + String.join("; ", unexpected))
                        .where(Place.unknown().in(project))
                        .state("nothing was changed")
                        .fix(
                                "bring the node back, or relocate it to the server that took over, and suspend the project again"));
    }

    /**
     * Ends the daemons, and again those that start meanwhile, until none has run for some time. A project whose daemons
     * start again and again, because clients have short sessions, stays awake.
     */
    private void endDaemons(Set<String> projects, BooleanSupplier hurried) {
        // A daemon that has just failed is not visible, and starts again.
        Map<String, Long> ended = new HashMap<>();
        projects.forEach(project -> ended.put(project, System.nanoTime()));
        Map<String, Integer> times = new HashMap<>();
        while (!projects.isEmpty()) {
            Map<String, List<String>> obstacles = lasting(projects);
            refuse(projects, obstacles, "it is awake");
            // A session that began before its daemon ended does not start another one.
            resume(obstacles.keySet());
            ProjectUse use = ProjectUse.observe(maintenance, topology);
            List<PlannedStep> steps = new ArrayList<>();
            for (String project : List.copyOf(projects)) {
                List<PlannedStep> ofProject = steps(use, project);
                if (!ofProject.isEmpty() && times.merge(project, 1, Integer::sum) > TIMES) {
                    refuse(projects, Map.of(project, List.of("short sessions start its daemons again")), "it is awake");
                } else if (!ofProject.isEmpty()) {
                    steps.addAll(ofProject);
                    ended.put(project, System.nanoTime());
                } else if (System.nanoTime() - ended.getOrDefault(project, 0L) > QUIET.toNanos()) {
                    projects.remove(project);
                } else if (hurried.getAsBoolean()) {
                    unconfirmed.add(project);
                    projects.remove(project);
                }
            }
            if (!steps.isEmpty()) {
                run(steps);
            } else if (!projects.isEmpty()) {
                deadline.sleep(BETWEEN, maintenance.place());
            }
        }
    }

    /** Runs the steps of all projects at once, and not one project after another. */
    private void run(List<PlannedStep> steps) {
        if (steps.isEmpty()) {
            return;
        }
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, deadline)) {
            done.addAll(new ProjectContext(cluster, topology, sessions, database).run(steps));
        }
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
        Set<String> failed = new HashSet<>(failures.keySet());
        Map<String, List<Node>> asleep = asleep(projects);
        while (!asleep.isEmpty() && System.nanoTime() - end < 0) {
            Map<String, List<Node>> now = asleep;
            each(now.keySet(), project -> {
                try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
                    List<PlannedStep> steps = SuspensionPlanner.resume(now.getOrDefault(project, List.of()));
                    done.addAll(new ProjectContext(cluster, topology, sessions, project).run(steps));
                }
            });
            deadline.sleep(BETWEEN, maintenance.place());
            asleep = asleep(now.keySet().stream()
                    .filter(project -> failed.contains(project) || !failures.containsKey(project))
                    .toList());
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

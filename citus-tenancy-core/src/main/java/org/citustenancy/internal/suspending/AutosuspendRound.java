package org.citustenancy.internal.suspending;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.CapacityObserver;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryServerStatements;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.suspending.AutosuspendOptions;
import org.citustenancy.suspending.AutosuspendReport;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Suspends the projects that are unused for some time, and gives daemons to those that are used without one. */
public final class AutosuspendRound {

    /** The number of intervals without a round after which the service counts as ended. */
    private static final int INTERVALS = 3;

    /** A round that makes room suspends at least one of so many unused projects. */
    private static final int SHARE_OF_UNUSED = 4;

    /** The time between two looks for projects that are used without a daemon. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final AutosuspendOptions options;

    /** When each project was last seen in use, on the clock of {@link System#nanoTime()}. */
    private final Map<String, Long> used = new HashMap<>();

    /** The projects without a daemon in the round before. */
    private final Set<String> asleep = new HashSet<>();

    /** The projects that clients used without a daemon in the look before; a daemon starts some time after its client. */
    private final Set<String> unattended = new HashSet<>();

    /** Creates the rounds of one process. */
    public AutosuspendRound(Cluster cluster, AutosuspendOptions options) {
        this.cluster = cluster;
        this.options = options;
    }

    /** Runs a round, unless another process does. */
    public AutosuspendReport run() {
        Deadline deadline = cluster.deadline();
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            cluster.registry(maintenance).ensure();
            Optional<AdvisoryLock> lock = AdvisoryLock.tryOnAutosuspend(maintenance);
            if (lock.isEmpty()) {
                // Another process knows the times of use now.
                used.clear();
                return new AutosuspendReport(Instant.now(), false, 0, List.of(), List.of(), Map.of());
            }
            lock.get().untilTheSessionEnds();
            Duration aliveFor = options.interval().multipliedBy(INTERVALS).plus(cluster.allowed());
            maintenance.execute(RegistryServerStatements.beat(RegistryServerStatements.AUTOSUSPEND, aliveFor));
            return run(maintenance, TopologyReader.read(maintenance, true), deadline);
        }
    }

    private AutosuspendReport run(Session maintenance, Topology topology, Deadline deadline) {
        List<String> projects = cluster.registry(maintenance).list().stream()
                .filter(project -> project.state() == ProjectState.READY)
                .map(RegisteredProject::name)
                .toList();
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        note(projects, use);
        Set<String> due =
                due(projects, use, Collections.min(free(maintenance, topology).values()));
        AtomicBoolean suspended = new AtomicBoolean(due.isEmpty());
        Map<String, String> failed = new TreeMap<>();
        Set<String> attended = new TreeSet<>();
        Map<String, String> obstacles = new TreeMap<>();
        // A project that is used without a daemon cannot wait until others count as suspended, which takes some time.
        ParallelTasks.both(
                cluster.threads(),
                () -> failed.putAll(suspend(due, topology, deadline, suspended)),
                () -> attended.addAll(
                        attendUntil(suspended, projects, due, maintenance, topology, deadline, obstacles)));
        due.removeAll(failed.keySet());
        // They are tried again when they were unused for the same time once more.
        failed.keySet().forEach(project -> used.put(project, System.nanoTime()));
        obstacles.putAll(failed);
        asleep.addAll(due);
        ProjectUse after = ProjectUse.observe(maintenance, topology);
        int awake = (int) projects.stream()
                .filter(project -> !after.awake(project).isEmpty())
                .count();
        return new AutosuspendReport(Instant.now(), true, awake, List.copyOf(due), List.copyOf(attended), obstacles);
    }

    /** Suspends projects. Returns those that stay awake, with the reasons. */
    private Map<String, String> suspend(Set<String> due, Topology topology, Deadline deadline, AtomicBoolean ended) {
        Map<String, String> failed = new HashMap<>();
        if (!due.isEmpty()) {
            try (Session maintenance = cluster.sessions().maintenance(deadline)) {
                Suspender suspender = new Suspender(cluster, topology, maintenance, deadline);
                suspender.suspend(due);
                failed.putAll(reasons(suspender));
            } finally {
                ended.set(true);
            }
        }
        return failed;
    }

    private static Map<String, String> reasons(Suspender suspender) {
        Map<String, String> reasons = new HashMap<>();
        suspender
                .failures()
                .forEach((project, failure) ->
                        reasons.put(project, failure.failure().what()));
        return reasons;
    }

    /** Looks for projects that are used without a daemon, and starts their daemons, once and until a time. */
    private Set<String> attendUntil(
            AtomicBoolean ended,
            List<String> projects,
            Set<String> due,
            Session maintenance,
            Topology topology,
            Deadline deadline,
            Map<String, String> obstacles) {
        Set<String> attended = new TreeSet<>();
        boolean last;
        do {
            last = ended.get();
            obstacles.clear();
            // The sessions that suspend projects are no use of them.
            List<String> others = projects.stream()
                    .filter(project -> ended.get() || !due.contains(project))
                    .toList();
            attended.addAll(attend(others, maintenance, topology, deadline, obstacles));
            if (!last) {
                deadline.sleep(BETWEEN, maintenance.place());
            }
        } while (!last);
        return attended;
    }

    /** Notes which projects are in use. */
    private void note(List<String> projects, ProjectUse use) {
        long now = System.nanoTime();
        used.keySet().retainAll(projects);
        for (String project : projects) {
            boolean awake = !use.awake(project).isEmpty();
            // A session that has ended meanwhile has woken the project.
            boolean woken = awake && asleep.contains(project);
            if (woken || !use.obstacles(project).isEmpty()) {
                used.put(project, now);
            } else {
                used.putIfAbsent(project, now);
            }
        }
        asleep.clear();
        projects.stream().filter(project -> use.awake(project).isEmpty()).forEach(asleep::add);
    }

    /** Returns the numbers of free background processes. */
    private static Map<Node, Integer> free(Session maintenance, Topology topology) {
        Map<Node, Integer> free = new HashMap<>();
        BatchQueryExecutor.ask(
                        maintenance,
                        topology,
                        new CapacityObserver(topology, 0).ofAwake().processes())
                .forEach((node, processes) -> free.put(node, processes.free()));
        return free;
    }

    /** Returns the projects to suspend, the longest unused first. */
    private Set<String> due(List<String> projects, ProjectUse use, int free) {
        long now = System.nanoTime();
        List<String> unused = new ArrayList<>(projects.stream()
                .filter(project -> !options.exempt().contains(project))
                .filter(project ->
                        !use.awake(project).isEmpty() && use.obstacles(project).isEmpty())
                .sorted(Comparator.comparing(used::get))
                .toList());
        long waiting = projects.stream()
                .filter(project -> !use.unattended(project).isEmpty())
                .count();
        long tooFew = options.reservedProcesses() + waiting - free;
        // To suspend many projects takes as long as to suspend one, and a call that creates projects needs many
        // processes.
        long early = tooFew > 0 ? Math.max(tooFew, unused.size() / SHARE_OF_UNUSED) : 0;
        Set<String> due = new LinkedHashSet<>();
        for (String project : unused) {
            boolean isIdle = now - Objects.requireNonNull(used.get(project))
                    >= options.idleTime().toNanos();
            if (isIdle || due.size() < early) {
                due.add(project);
            }
        }
        return due;
    }

    /**
     * Starts the daemons of projects that were used without one in this look and in the one before, as far as there are
     * free processes.
     */
    private List<String> attend(
            List<String> projects,
            Session maintenance,
            Topology topology,
            Deadline deadline,
            Map<String, String> obstacles) {
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        List<String> now = projects.stream()
                .filter(project -> !use.unattended(project).isEmpty())
                .toList();
        List<String> waiting =
                new ArrayList<>(now.stream().filter(unattended::contains).toList());
        // With few processes, no project waits longer because of its name.
        Collections.shuffle(waiting);
        Map<Node, Integer> free = waiting.isEmpty() ? Map.of() : free(maintenance, topology);
        List<String> attended = new ArrayList<>();
        for (String project : waiting) {
            List<Node> without = use.unattended(project);
            if (without.stream().allMatch(node -> free.getOrDefault(node, 0) > 0)) {
                without.forEach(node -> free.merge(node, -1, Integer::sum));
                attended.add(project);
            } else {
                obstacles.put(project, "it is used without a daemon: no background process is free");
            }
        }
        Suspender suspender = new Suspender(cluster, topology, maintenance, deadline);
        suspender.resume(attended);
        obstacles.putAll(reasons(suspender));
        attended.removeAll(suspender.failures().keySet());
        unattended.clear();
        unattended.addAll(now);
        unattended.removeAll(attended);
        return attended;
    }
}

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
import java.util.concurrent.atomic.AtomicBoolean;
import org.citustenancy.internal.concurrent.ParallelTasks;
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
import org.citustenancy.topology.Topology;

/** Suspends the projects that are unused for some time, and gives daemons to those that are used without one. */
public final class AutosuspendRound {

    /** The number of intervals without a round after which the service counts as ended. */
    private static final int INTERVALS = 3;

    /** A round that makes room suspends at least one of so many unused projects. */
    private static final int SHARE_OF_UNUSED = 4;

    private final Cluster cluster;
    private final AutosuspendOptions options;

    /** When each project was last seen in use, on the clock of {@link System#nanoTime()}. */
    private final Map<String, Long> used = new HashMap<>();

    /** The projects without a daemon in the round before. */
    private final Set<String> asleep = new HashSet<>();

    /** The number of projects that have woken since the round before. */
    private int woken;

    /** When each project was first seen to be used without a daemon, on the clock of {@link System#nanoTime()}. */
    private final Map<String, Long> unattended = new HashMap<>();

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
                asleep.clear();
                unattended.clear();
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
        MissingDaemons missing = new MissingDaemons(cluster, topology, maintenance, deadline);
        Set<String> due = due(projects, use, Collections.min(missing.free().values()));
        // The sessions that suspend projects are no use of them.
        List<String> others =
                projects.stream().filter(project -> !due.contains(project)).toList();
        AtomicBoolean suspended = new AtomicBoolean(due.isEmpty());
        Map<String, String> failed = new TreeMap<>();
        Set<String> unconfirmed = new HashSet<>();
        // A project that is used without a daemon cannot wait until others count as suspended, which takes some time.
        ParallelTasks.both(
                cluster.threads(),
                () -> {
                    if (due.isEmpty()) {
                        return;
                    }
                    try (Session own = cluster.sessions().maintenance(deadline)) {
                        Suspender suspender = new Suspender(cluster, topology, own, deadline);
                        // A failed daemon that starts again is left to the next round while other projects wait.
                        suspender.suspend(due, missing::areWaiting);
                        failed.putAll(suspender.reasons());
                        unconfirmed.addAll(suspender.unconfirmed());
                    } finally {
                        suspended.set(true);
                    }
                },
                () -> missing.startUntil(suspended::get, others, unattended));
        due.removeAll(failed.keySet());
        // They are tried again when they were unused for the same time once more.
        failed.keySet().forEach(project -> used.put(project, System.nanoTime()));
        Map<String, String> obstacles = new TreeMap<>(missing.obstacles());
        obstacles.putAll(failed);
        due.stream().filter(project -> !unconfirmed.contains(project)).forEach(asleep::add);
        ProjectUse after = ProjectUse.observe(maintenance, topology);
        int awake = (int) projects.stream()
                .filter(project -> !after.awake(project).isEmpty())
                .count();
        return new AutosuspendReport(Instant.now(), true, awake, List.copyOf(due), missing.started(), obstacles);
    }

    /** Notes which projects are in use. */
    private void note(List<String> projects, ProjectUse use) {
        long now = System.nanoTime();
        used.keySet().retainAll(projects);
        woken = 0;
        for (String project : projects) {
            // A session that has ended meanwhile has woken the project.
            boolean hasWoken = asleep.contains(project) && !use.awake(project).isEmpty();
            woken += hasWoken ? 1 : 0;
            if (hasWoken || !use.obstacles(project).isEmpty()) {
                used.put(project, now);
            } else {
                used.putIfAbsent(project, now);
            }
        }
        asleep.clear();
        projects.stream().filter(project -> use.awake(project).isEmpty()).forEach(asleep::add);
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
        // As many projects as woke in the last round are likely to wake in this one.
        long tooFew = options.reservedProcesses() + waiting + woken - free;
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
}

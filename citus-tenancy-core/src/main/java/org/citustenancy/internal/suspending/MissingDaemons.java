package org.citustenancy.internal.suspending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.citustenancy.internal.observing.BatchQueryExecutor;
import org.citustenancy.internal.observing.CapacityObserver;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Starts the daemons of projects that clients use without one, as far as there are free background processes. */
final class MissingDaemons {

    /** The time between two looks. */
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Topology topology;
    private final Session maintenance;
    private final Deadline deadline;
    private final Set<String> started = new TreeSet<>();
    private final Map<String, String> obstacles = new TreeMap<>();
    private volatile boolean waiting;

    MissingDaemons(Cluster cluster, Topology topology, Session maintenance, Deadline deadline) {
        this.cluster = cluster;
        this.topology = topology;
        this.maintenance = maintenance;
        this.deadline = deadline;
    }

    /** Returns the projects whose daemons were started, in order. */
    List<String> started() {
        return List.copyOf(started);
    }

    /** Returns the projects that the last look left without a daemon, with the reasons. */
    Map<String, String> obstacles() {
        return obstacles;
    }

    /** Checks whether the last look found projects for whose daemons no process was free. Any thread may call this. */
    boolean areWaiting() {
        return waiting;
    }

    /** Returns the numbers of free background processes. */
    Map<Node, Integer> free() {
        Map<Node, Integer> free = new HashMap<>();
        BatchQueryExecutor.ask(
                        maintenance,
                        topology,
                        new CapacityObserver(topology, 0).ofAwake().processes())
                .forEach((node, processes) -> free.put(node, processes.free()));
        return free;
    }

    /**
     * Looks at projects until a time, and at least once.
     *
     * @param since when each project was first seen to be used without a daemon, on the clock of {@link
     *     System#nanoTime()}, which is updated: a daemon starts some time after its client, so the first sighting is none
     */
    void startUntil(BooleanSupplier ended, Collection<String> projects, Map<String, Long> since) {
        boolean last;
        do {
            last = ended.getAsBoolean();
            start(projects, since);
            if (!last) {
                deadline.sleep(BETWEEN, maintenance.place());
            }
        } while (!last);
    }

    private void start(Collection<String> projects, Map<String, Long> since) {
        ProjectUse use = ProjectUse.observe(maintenance, topology);
        List<String> unattended = projects.stream()
                .filter(project -> !use.unattended(project).isEmpty())
                .toList();
        obstacles.clear();
        since.keySet().retainAll(unattended);
        // With few processes, the project that has waited longest is the first to get one.
        List<String> longest = since.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
        List<String> now = longest.isEmpty() ? List.of() : withRoom(longest, use);
        waiting = now.size() < longest.size();
        Suspender suspender = new Suspender(cluster, topology, maintenance, deadline);
        suspender.resume(now);
        obstacles.putAll(suspender.reasons());
        unattended.forEach(project -> since.putIfAbsent(project, System.nanoTime()));
        now.stream().filter(project -> !obstacles.containsKey(project)).forEach(project -> {
            started.add(project);
            since.remove(project);
        });
    }

    /** Returns the projects for whose daemons there are processes. The others are obstacles. */
    private List<String> withRoom(List<String> projects, ProjectUse use) {
        Map<Node, Integer> free = free();
        List<String> withRoom = new ArrayList<>();
        for (String project : projects) {
            List<Node> without = use.unattended(project);
            if (without.stream().allMatch(node -> free.getOrDefault(node, 0) > 0)) {
                without.forEach(node -> free.merge(node, -1, Integer::sum));
                withRoom.add(project);
            } else {
                obstacles.put(project, "it is used without a daemon: no background process is free");
            }
        }
        return withRoom;
    }
}

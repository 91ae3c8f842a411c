package org.citustenancy.internal.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.Place;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.workers.ManagedProjects;
import org.citustenancy.internal.workers.WorkerAddition;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Adds each worker as soon as it answers, independently of the others. */
final class WorkerArrivals {

    /** The failures that waiting does not resolve. */
    private static final Pattern REFUSED =
            Pattern.compile("no password supplied|authentication failed|no pg_hba\\.conf entry|does not exist");

    private final Cluster cluster;
    private final ClusterFormation formation;
    private final CoordinatorArrival coordinator;
    private final Deadline deadline;
    private final FormationReport report;
    private final List<Node> awaited;
    private final Map<Node, String> reasons = new LinkedHashMap<>();
    private int joined;

    WorkerArrivals(
            Cluster cluster,
            ClusterFormation formation,
            CoordinatorArrival coordinator,
            Deadline deadline,
            FormationReport report) {
        this.cluster = cluster;
        this.formation = formation;
        this.coordinator = coordinator;
        this.deadline = deadline;
        this.report = report;
        this.awaited = new ArrayList<>(formation.workers());
    }

    /** Waits for the workers, and returns whether any of them was new. */
    boolean await() {
        while (!awaited.isEmpty()) {
            List<Node> newcomers = look();
            report.ready(1 + formation.workers().size() - awaited.size());
            newcomers.forEach(this::add);
            if (newcomers.isEmpty() && !awaited.isEmpty()) {
                pause();
            }
        }
        return joined > 0;
    }

    private void add(Node worker) {
        Duration remaining = Duration.ofNanos(deadline.remainingNanos());
        if (remaining.isNegative() || remaining.isZero()) {
            throw exceeded(null);
        }
        new WorkerAddition(cluster.within(remaining), (project, outcome) -> report.stepEnded(outcome))
                .add(worker, Optional.empty())
                .orThrow();
        joined++;
        awaited.remove(worker);
    }

    /**
     * Returns the workers that answer and lack their final state. Workers in their final state are removed from the
     * wait.
     */
    private List<Node> look() {
        try (Session session = coordinator.await()) {
            return newcomers(session);
        }
    }

    private List<Node> newcomers(Session session) {
        try {
            Topology topology = TopologyReader.read(session, true);
            List<String> projects = ManagedProjects.names(cluster, session);
            Map<Node, CandidateObserver.Attempt> attempts =
                    new CandidateObserver(session, topology).tryWorkers(List.copyOf(awaited), projects);
            List<Node> newcomers = new ArrayList<>();
            reasons.clear();
            attempts.forEach((node, attempt) -> attempt.candidate()
                    .ifPresentOrElse(
                            candidate -> {
                                if (isMember(topology, node, candidate, projects)) {
                                    awaited.remove(node);
                                } else {
                                    newcomers.add(node);
                                }
                            },
                            () -> reasons.put(node, attempt.failure().orElse("no answer"))));
            return newcomers;
        } catch (DeadlineExceededException passed) {
            // It may pass while the workers are queried; the reasons of the last queries are known.
            throw exceeded(passed);
        }
    }

    private static boolean isMember(Topology topology, Node node, Candidate candidate, List<String> projects) {
        return topology.workers().contains(node)
                && candidate.citusCreated().isPresent()
                && candidate.databases().containsAll(projects);
    }

    private void pause() {
        Duration remaining = Duration.ofNanos(deadline.remainingNanos());
        reasons.forEach((node, reason) -> {
            if (REFUSED.matcher(reason).find()) {
                throw new NodeUnreachableException(Failure.of(reason)
                        .where(Place.unknown().on(node))
                        .state(soFar())
                        .fix(
                                "let the admin through between the nodes, by pg_hba.conf or a password file of the servers', "
                                        + "and run it again"));
            }
            report.waiting(node, reason);
        });
        if (remaining.compareTo(CoordinatorArrival.PAUSE) <= 0) {
            throw exceeded(null);
        }
        deadline.sleep(CoordinatorArrival.PAUSE, Place.unknown().on(awaited.get(0)));
    }

    private DeadlineExceededException exceeded(@Nullable Throwable cause) {
        return new DeadlineExceededException(
                Failure.of("After " + formation.timeout() + " these workers had not joined: "
                                + String.join(
                                        "; ",
                                        awaited.stream()
                                                .map(node -> reasons.containsKey(node)
                                                        ? node.address() + " (" + reasons.get(node) + ")"
                                                        : node.address())
                                                .toList()))
                        .state(soFar())
                        .fix(
                                "check that they run and that the coordinator reaches them, or allow more time, and run it again"),
                cause);
    }

    private String soFar() {
        int members = formation.workers().size() - awaited.size();
        return "the " + formation.coordinator() + " is set up, with " + members + " of "
                + formation.workers().size() + " workers";
    }
}

package org.citustenancy.internal.workers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Checks whether a server may become a worker. */
final class Admission {

    private static final String NOTHING = "nothing was changed";

    private final Cluster cluster;
    private final Topology topology;
    private final Session maintenance;
    private final CandidateObserver observer;

    Admission(Cluster cluster, Topology topology, Session maintenance) {
        this.cluster = cluster;
        this.topology = topology;
        this.maintenance = maintenance;
        this.observer = new CandidateObserver(maintenance, topology);
    }

    /** Throws if the server may not become a worker; otherwise returns its properties. */
    Candidate admit(Node newcomer) {
        if (newcomer.address().equals(topology.coordinator().address())) {
            throw new InvalidRequestException(Failure.of(newcomer.address() + " is the coordinator")
                    .state(NOTHING)
                    .fix("name the address of a server of its own"));
        }
        topology.primaryOf(newcomer).ifPresent(primary -> {
            throw conflict(
                    newcomer,
                    "It is registered as a secondary of the " + primary,
                    "name the address of a server of its own; use relocate if the secondary took over");
        });
        List<String> projects = ManagedProjects.names(cluster, maintenance);
        Map<Node, Candidate> all = observer.askWith(newcomer, projects);
        Candidate candidate = Objects.requireNonNull(all.get(newcomer));
        if (candidate.inRecovery()) {
            throw conflict(
                    newcomer,
                    "It is a standby, which accepts no writes",
                    "name the address of a server of its own; for a standby of a worker that was promoted, use relocate");
        }
        all.forEach((node, other) -> refuseTwin(newcomer, candidate, node, other));
        refuseVersions(newcomer, candidate, Objects.requireNonNull(all.get(topology.coordinator())));
        if (!topology.workers().contains(newcomer)) {
            refuseMember(newcomer, candidate);
        }
        candidate.databases().stream().sorted().forEach(project -> refuseContents(newcomer, project));
        return candidate;
    }

    private static void refuseTwin(Node newcomer, Candidate candidate, Node node, Candidate other) {
        if (!node.equals(newcomer) && other.system().equals(candidate.system())) {
            throw new InvalidRequestException(Failure.of(newcomer.address() + " is the same server as the " + node)
                    .state(NOTHING)
                    .fix("name the address of a server of its own; use relocate if a worker has moved"));
        }
    }

    private static void refuseVersions(Node newcomer, Candidate candidate, Candidate coordinator) {
        if (candidate.postgresMajor() != coordinator.postgresMajor()) {
            throw conflict(
                    newcomer,
                    "It runs PostgreSQL " + candidate.postgres() + ", and the coordinator " + coordinator.postgres(),
                    "install PostgreSQL " + coordinator.postgresMajor() + " on it");
        }
        if (candidate.citusRelease().isEmpty()) {
            throw conflict(
                    newcomer,
                    "It has no Citus",
                    "install Citus " + coordinator.citusRelease().orElse("") + " on it and load it at its start");
        }
        if (!candidate.citusRelease().equals(coordinator.citusRelease())) {
            throw conflict(
                    newcomer,
                    "It has Citus " + candidate.citusRelease().orElse("?") + ", and the coordinator "
                            + coordinator.citusRelease().orElse("?"),
                    "install the same release on both");
        }
    }

    private void refuseMember(Node newcomer, Candidate candidate) {
        if (candidate.citusCreated().isPresent() && observer.hasWorkers(newcomer)) {
            throw conflict(
                    newcomer,
                    "It is the coordinator of a cluster of its own",
                    "take its workers out of it first, or name another server");
        }
    }

    /**
     * Refuses a server with contents. Databases from an interrupted call have no contents yet, or are registered in the
     * project.
     */
    private void refuseContents(Node newcomer, String project) {
        try (Session inProject = cluster.sessions().admin(project, cluster.deadline())) {
            if (!inProject.fetch(WorkerQueries.registration(newcomer)).isEmpty()) {
                return;
            }
            List<String> tables = CandidateObserver.contents(inProject, newcomer);
            if (!tables.isEmpty()) {
                throw new ConflictException(Failure.of("It has a database \"" + project
                                + "\" with tables of its own, such as " + String.join(", ", tables))
                        .where(Place.unknown().on(newcomer).in(project))
                        .state(NOTHING)
                        .fix("save what is in it, and drop or rename it there"));
            }
        }
    }

    private static ConflictException conflict(Node newcomer, String what, String action) {
        return new ConflictException(Failure.of(what)
                .where(Place.unknown().on(newcomer))
                .state(NOTHING)
                .fix(action));
    }
}

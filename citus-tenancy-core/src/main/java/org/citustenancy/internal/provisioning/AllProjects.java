package org.citustenancy.internal.provisioning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.verifying.AdminFindings;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Topology;

/** Runs an operation on every managed project, several at a time. A project that fails does not stop the rest. */
public final class AllProjects {

    private final Cluster cluster;

    /** Creates the projects of a cluster. */
    public AllProjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the names of the projects that can be backed up: those whose drop has not begun and that are no
     * templates.
     *
     * @return in order
     */
    public List<String> names() {
        return names((session, project) -> project.state() != ProjectState.DROPPING);
    }

    /**
     * Returns the names of the projects that can be verified and repaired, or that wait for a call that finishes what
     * an earlier one began. A project that another process drops now is left to that process.
     *
     * @return in order, without templates, which accept no sessions
     */
    public List<String> unlessGoing() {
        return names((session, project) ->
                project.state() != ProjectState.DROPPING || !AdvisoryLock.isAtWork(session, project.name()));
    }

    private List<String> names(BiPredicate<Session, RegisteredProject> which) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).list().stream()
                    .filter(project -> project.state() != ProjectState.SEALED && which.test(session, project))
                    .map(RegisteredProject::name)
                    .toList();
        }
    }

    /**
     * Verifies each project.
     *
     * @return the findings; a project that is dropped meanwhile is left out
     */
    public ClusterVerification verify() {
        Optional<NodeUnreachableException> silence =
                cluster.sessions().silentNodes().failure();
        if (silence.isPresent()) {
            Map<String, CitusTenancyException> unverified = new LinkedHashMap<>();
            unlessGoing().forEach(project -> unverified.put(project, silence.get()));
            return new ClusterVerification(List.of(finding(silence.get())), List.of(), unverified);
        }
        ProjectVerifier verifier = new ProjectVerifier(cluster);
        Map<String, CitusTenancyException> failures = new LinkedHashMap<>();
        List<Attempt> attempts = cluster.together().each(unlessGoing(), name -> attempt(name, verifier::verifyAlone));
        attempts.forEach(attempt -> attempt.failure().ifPresent(failure -> failures.put(attempt.project(), failure)));
        return new ClusterVerification(
                ofCluster(verifier),
                attempts.stream()
                        .flatMap(attempt -> attempt.verification().stream())
                        .toList(),
                failures);
    }

    private List<Finding> ofCluster(ProjectVerifier verifier) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            return Stream.concat(
                            verifier.ofCluster(session, topology).stream(),
                            AdminFindings.of(
                                    session, topology, cluster.sessions().adminPassword())
                                    .stream())
                    .toList();
        } catch (NodeUnreachableException down) {
            return List.of(finding(down));
        }
    }

    private static Finding finding(NodeUnreachableException down) {
        Failure failure = down.failure();
        return new Finding(Severity.SEVERE, failure.where().node().orElse("cluster"), failure.what(), failure.fix());
    }

    private static Attempt attempt(String project, Function<String, Verification> verify) {
        try {
            return new Attempt(project, Optional.of(verify.apply(project)), Optional.empty());
        } catch (NotFoundException gone) {
            return new Attempt(project, Optional.empty(), Optional.empty());
        } catch (CitusTenancyException failure) {
            return new Attempt(project, Optional.empty(), Optional.of(failure));
        }
    }

    private record Attempt(
            String project, Optional<Verification> verification, Optional<CitusTenancyException> failure) {}
}

package org.citustenancy.internal.provisioning;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.ProjectMarks;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.verifying.AdminFindings;
import org.citustenancy.internal.verifying.UnchangedProjects;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies every managed project, several at a time. A project that fails does not stop the rest. */
public final class ClusterVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterVerifier.class);

    private final Cluster cluster;
    private final ProjectVerifier verifier;

    /** Creates a verifier of a cluster. */
    public ClusterVerifier(Cluster cluster) {
        this.cluster = cluster;
        this.verifier = new ProjectVerifier(cluster);
    }

    /**
     * Verifies the projects, without a look inside those that are suspended and have not changed.
     *
     * @return the findings; a project that is dropped meanwhile is left out
     */
    public ClusterVerification verify() {
        return verify(UnchangedProjects::verifications);
    }

    /**
     * Verifies every project.
     *
     * @return the findings; a project that is dropped meanwhile is left out
     */
    public ClusterVerification verifyThoroughly() {
        return verify(unchanged -> List.of());
    }

    private ClusterVerification verify(Function<UnchangedProjects, List<Verification>> keep) {
        AllProjects projects = new AllProjects(cluster);
        Optional<NodeUnreachableException> silence =
                cluster.sessions().silentNodes().failure();
        if (silence.isPresent()) {
            Map<String, CitusTenancyException> unverified = new LinkedHashMap<>();
            projects.unlessGoing().forEach(project -> unverified.put(project, silence.get()));
            return new ClusterVerification(List.of(finding(silence.get())), List.of(), unverified, List.of());
        }
        // Before any look: what changes meanwhile gets another mark than the one that is saved.
        UnchangedProjects unchanged = unchanged();
        List<Verification> kept = keep.apply(unchanged);
        Set<String> skipped = kept.stream().map(Verification::project).collect(Collectors.toCollection(TreeSet::new));
        List<String> visited = projects.unlessGoing().stream()
                .filter(project -> !skipped.contains(project))
                .toList();
        List<Attempt> attempts = cluster.together().each(visited, this::attempt);
        Map<String, CitusTenancyException> failures = new LinkedHashMap<>();
        attempts.forEach(attempt -> attempt.failure().ifPresent(failure -> failures.put(attempt.project(), failure)));
        List<Verification> made = attempts.stream()
                .flatMap(attempt -> attempt.verification().stream())
                .toList();
        save(unchanged, made);
        List<Verification> all = Stream.concat(made.stream(), kept.stream())
                .sorted(Comparator.comparing(Verification::project))
                .toList();
        return new ClusterVerification(ofCluster(), all, failures, List.copyOf(skipped));
    }

    private UnchangedProjects unchanged() {
        Deadline deadline = cluster.deadline();
        ProjectMarks marks = KnownMarks.of(cluster, project -> true, deadline);
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            return UnchangedProjects.of(marks, maintenance);
        }
    }

    /** Saves what was verified. On a coordinator that accepts no writes, the next call visits the projects again. */
    private void save(UnchangedProjects unchanged, List<Verification> made) {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            unchanged.save(maintenance, made);
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            LOG.debug("The verified projects could not be saved", failure);
        }
    }

    private List<Finding> ofCluster() {
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

    private Attempt attempt(String project) {
        try {
            return new Attempt(project, Optional.of(verifier.verifyAlone(project)), Optional.empty());
        } catch (NotFoundException gone) {
            return new Attempt(project, Optional.empty(), Optional.empty());
        } catch (CitusTenancyException failure) {
            return new Attempt(project, Optional.empty(), Optional.of(failure));
        }
    }

    private record Attempt(
            String project, Optional<Verification> verification, Optional<CitusTenancyException> failure) {}
}

package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ProjectFingerprints;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.registry.ProjectRegistry.Entry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the requests that change nothing, of projects whose fingerprint is the same as at the last complete observation
 * of every node. The detector connects to none of their databases, and needs as many statements for all projects as for
 * one.
 */
public final class UnchangedProjectDetector {

    private static final Logger LOG = LoggerFactory.getLogger(UnchangedProjectDetector.class);

    private final Cluster cluster;

    /** Creates a detector for a cluster. */
    public UnchangedProjectDetector(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the requests that are known to be fulfilled.
     *
     * @return by project; the others must be observed one by one, if only to find the difference
     */
    public Map<String, Provisioned> fulfilled(List<DesiredProject> requests) {
        long begun = System.nanoTime();
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(session, cluster.requireCitus());
            Map<String, Entry> entries = cluster.registry(session)
                    .find(requests.stream().map(DesiredProject::name).toList());
            Map<String, Provisioned> fulfilled = new HashMap<>();
            fulfilled(session, topology, entries, requests)
                    .forEach((project, desired) -> fulfilled.put(project, unchanged(desired, begun)));
            return fulfilled;
        } catch (OperationInterruptedException interrupted) {
            throw interrupted;
        } catch (CitusTenancyException failure) {
            // Each request meets the same failure and reports it to its own caller.
            LOG.debug("Could not see which projects are known: {}", failure.getMessage());
            return Map.of();
        }
    }

    /** Returns the fulfilled requests from what is already read: the full desired states, by project. */
    Map<String, DesiredProject> fulfilled(
            Session session, Topology topology, Map<String, Entry> entries, Collection<DesiredProject> requests) {
        Map<String, DesiredProject> candidates = new HashMap<>();
        requests.forEach(request -> Optional.ofNullable(entries.get(request.name()))
                .flatMap(entry -> nothingNew(request, entry))
                .ifPresent(wanted -> candidates.put(request.name(), wanted)));
        if (candidates.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> users = new HashMap<>();
        candidates.forEach((project, wanted) -> users.put(project, wanted.userNames()));
        Map<String, String> fingerprints = new ProjectFingerprints(topology).see(session, users);
        candidates.keySet().removeIf(project -> !Optional.ofNullable(entries.get(project))
                .flatMap(Entry::fingerprint)
                .equals(Optional.ofNullable(fingerprints.get(project))));
        candidates.keySet().retainAll(havingTheirPasswords(session, candidates));
        return candidates;
    }

    private Optional<DesiredProject> nothingNew(DesiredProject request, Entry entry) {
        if (entry.state() != ProjectState.READY
                || entry.fingerprint().isEmpty()
                || !entry.pendingPasswords().isEmpty()
                || request.users().containsKey(cluster.sessions().admin())) {
            return Optional.empty();
        }
        try {
            DesiredProject wanted = request.over(entry.desired());
            return wanted.forTheRegistry().equals(entry.desired()) ? Optional.of(wanted) : Optional.empty();
        } catch (ConflictException refusal) {
            LOG.debug("{} contradicts what is registered: {}", request.name(), refusal.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Returns the projects whose users have their passwords. The computation of a verifier takes some milliseconds by
     * design, so several run at a time.
     */
    private List<String> havingTheirPasswords(Session session, Map<String, DesiredProject> projects) {
        List<String> withPasswords = projects.values().stream()
                .flatMap(project -> project.users().values().stream())
                .filter(user -> user.password().isPresent())
                .map(DesiredUser::name)
                .distinct()
                .toList();
        Map<String, Verifier> verifiers =
                withPasswords.isEmpty() ? Map.of() : ProjectObserver.verifiers(session, withPasswords);
        List<DesiredProject> all = new ArrayList<>(projects.values());
        return cluster
                .together()
                .each(
                        all,
                        project -> hasItsPasswords(project, verifiers)
                                ? Optional.of(project.name())
                                : Optional.<String>empty())
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean hasItsPasswords(DesiredProject project, Map<String, Verifier> verifiers) {
        return project.users().values().stream().allMatch(user -> user.password()
                .map(password -> Optional.ofNullable(verifiers.get(user.name()))
                        .map(verifier -> verifier.matches(password))
                        .orElse(false))
                .orElse(true));
    }

    static Provisioned unchanged(DesiredProject desired, long begun) {
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new Provisioned(desired, new ProvisioningResult(desired.name(), List.of(), List.of(), took), Map.of());
    }
}

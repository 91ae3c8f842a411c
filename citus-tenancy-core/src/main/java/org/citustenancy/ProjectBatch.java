package org.citustenancy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.provisioning.EmptyTemplates;
import org.citustenancy.internal.provisioning.Provisioned;
import org.citustenancy.internal.provisioning.UnchangedProjectDetector;
import org.citustenancy.users.Secret;

/** Runs several requests at once. A failed request does not affect the others. */
final class ProjectBatch {

    private final ParallelTasks together;

    ProjectBatch(ParallelTasks together) {
        this.together = together;
    }

    List<ProjectOutcome> create(CitusCluster cluster, List<ProjectRequest> requests) {
        refuseContradictions(requests);
        List<String> names =
                requests.stream().map(request -> request.desired().name()).toList();
        Map<String, Provisioned> fulfilled = new UnchangedProjectDetector(cluster.internals())
                .fulfilled(requests.stream().map(ProjectRequest::desired).toList());
        new EmptyTemplates(cluster.internals())
                .makeForNew(names.stream()
                        .filter(name -> !fulfilled.containsKey(name))
                        .toList());
        return together.each(requests, request -> Optional.ofNullable(
                        fulfilled.get(request.desired().name()))
                .map(known -> ProjectOutcome.ready(request.made(known)))
                .orElseGet(() -> create(request)));
    }

    List<ProjectOutcome> repair(CitusCluster cluster, List<String> projects) {
        Optional<NodeUnreachableException> silence =
                cluster.internals().sessions().silentNodes().failure();
        if (silence.isPresent()) {
            return projects.stream()
                    .map(project -> ProjectOutcome.failed(project, silence.get()))
                    .toList();
        }
        return together.each(projects, project -> repair(cluster, project)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** Returns an empty result for a project that is dropped meanwhile. */
    private static Optional<ProjectOutcome> repair(CitusCluster cluster, String project) {
        try {
            Project known = cluster.getProject(project);
            return Optional.of(ProjectOutcome.ready(known.repaired(UnaryOperator.identity())));
        } catch (NotFoundException gone) {
            return Optional.empty();
        } catch (CitusTenancyException failure) {
            return Optional.of(ProjectOutcome.failed(project, failure));
        }
    }

    private static ProjectOutcome create(ProjectRequest request) {
        try {
            return ProjectOutcome.ready(request.create());
        } catch (CitusTenancyException failure) {
            return ProjectOutcome.failed(request.desired().name(), failure);
        }
    }

    private static void refuseContradictions(List<ProjectRequest> requests) {
        Set<String> names = new HashSet<>();
        Map<String, Secret> passwords = new HashMap<>();
        for (ProjectRequest request : requests) {
            String name = request.desired().name();
            if (!names.add(name)) {
                throw new InvalidRequestException(Failure.of("The project \"" + name + "\" was requested twice")
                        .fix("put both into one request"));
            }
            request.desired().users().values().forEach(user -> refuseTwoPasswords(passwords, user));
        }
    }

    private static void refuseTwoPasswords(Map<String, Secret> passwords, DesiredUser user) {
        user.password().ifPresent(password -> {
            Secret other = passwords.putIfAbsent(user.name(), password);
            if (other != null && !other.equals(password)) {
                throw new InvalidRequestException(Failure.of(
                                "The user \"" + user.name() + "\" was requested with two different passwords")
                        .fix("a role has one password in all projects: give the same one, or name another user"));
            }
        });
    }
}

package org.citustenancy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.users.Secret;

/** Several requests at once, of which one that fails leaves the others alone. */
final class ProjectBatch {

    private final ExecutorService threads;
    private final int parallelism;

    ProjectBatch(ExecutorService threads, int parallelism) {
        this.threads = threads;
        this.parallelism = parallelism;
    }

    List<ProjectOutcome> create(List<ProjectRequest> requests) {
        refuseContradictions(requests);
        Semaphore places = new Semaphore(parallelism);
        List<Future<ProjectOutcome>> running = new ArrayList<>();
        try {
            for (ProjectRequest request : requests) {
                places.acquire();
                running.add(threads.submit(() -> {
                    try {
                        return create(request);
                    } finally {
                        places.release();
                    }
                }));
            }
            List<ProjectOutcome> outcomes = new ArrayList<>();
            for (Future<ProjectOutcome> outcome : running) {
                outcomes.add(outcome.get());
            }
            return List.copyOf(outcomes);
        } catch (InterruptedException interrupted) {
            running.forEach(outcome -> outcome.cancel(true));
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The calling thread was interrupted while projects were being made")
                            .done("the projects that were ready stay")
                            .toDo("run the requests again to finish them"),
                    interrupted);
        } catch (ExecutionException failed) {
            running.forEach(outcome -> outcome.cancel(true));
            throw new IllegalStateException("A request failed in a way that is not foreseen", failed.getCause());
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
                        .toDo("put both into one request"));
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
                        .toDo("a role has one password in all projects: give the same one, or name another user"));
            }
        });
    }
}

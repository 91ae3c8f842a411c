package org.citustenancy.internal.provisioning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.CloneSource;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.planning.WaitingGrants;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/** Merges a request with the registered desired state, observes the nodes, and plans the steps. Changes nothing. */
final class ChangeSetBuilder {

    private static final int UNLIMITED = -1;

    private final Cluster cluster;
    private final Topology topology;
    private final ProjectSessions sessions;
    private final Optional<CloneSource> source;
    private final ProjectPlanner planner = new ProjectPlanner();

    /**
     * Creates a builder for one project.
     *
     * @param source the source of the project's copy, absent if it is no copy
     */
    ChangeSetBuilder(ProjectContext context, Optional<CloneSource> source) {
        this.cluster = context.cluster();
        this.topology = context.topology();
        this.sessions = context.sessions();
        this.source = source;
    }

    ChangeSet build(DesiredProject request, Optional<ProjectRegistry.Entry> entry) {
        refuseAdmin(request);
        DesiredProject wanted =
                entry.map(known -> request.over(known.desired())).orElse(request);
        ObservedProject observed = observe(wanted);
        if (entry.isEmpty()) {
            wanted = firstTime(wanted, observed);
            // The library never keeps its registry in a database that accepts no connections.
            if (observed.on(topology.coordinator())
                    .database()
                    .filter(ObservedDatabase::allowsConnections)
                    .isPresent()) {
                new MaintenanceDatabaseCheck(cluster).refuseRegistry(wanted.name());
            }
        }
        if (wanted.owner().isEmpty()) {
            throw new InvalidRequestException(Failure.of("The project \"" + wanted.name() + "\" has no owner")
                    .fix("name one with withUser"));
        }
        Set<String> pending = entry.map(ProjectRegistry.Entry::pendingPasswords).orElse(Set.of());
        return withPasswords(wanted, observed, pending);
    }

    private ObservedProject observe(DesiredProject wanted) {
        ObservedProject observed = new ProjectObserver(topology).observe(sessions, wanted);
        return source.map(copied -> copied.appliedTo(observed)).orElse(observed);
    }

    /** Observes the project again. The given users have just reached every worker. */
    PlanningContext observe(DesiredProject desired, Set<String> reaching) {
        return new PlanningContext(
                desired, new ProjectObserver(topology).observe(sessions, desired, reaching), topology);
    }

    private void refuseAdmin(DesiredProject request) {
        if (request.users().containsKey(cluster.sessions().admin())) {
            throw new InvalidRequestException(
                    Failure.of("\"" + cluster.sessions().admin()
                                    + "\" is the cluster's admin and cannot be a user of the project \""
                                    + request.name() + "\"")
                            .fix("name another user"));
        }
    }

    private static DesiredProject firstTime(DesiredProject request, ObservedProject observed) {
        if (!observed.isAbsent() && !request.adopt()) {
            throw new ConflictException(
                    Failure.of("There is a database \"" + request.name() + "\" already that is not managed here")
                            .where(Place.unknown().in(request.name()))
                            .state("nothing was changed")
                            .fix("choose another name, or call adoptExisting() to bring it under management"));
        }
        return observed.isAbsent() && request.connectionLimit().isEmpty()
                ? request.withConnectionLimit(OptionalInt.of(UNLIMITED))
                : request;
    }

    /**
     * Adds passwords: generates them for new roles, and for roles whose password an earlier request generated but did
     * not return.
     */
    private ChangeSet withPasswords(DesiredProject wanted, ObservedProject observed, Set<String> pending) {
        SharedUsers shared = new SharedUsers(cluster, sessions, wanted.name());
        shared.refuseAnotherPassword(wanted, observed);
        Map<String, Secret> generated = new LinkedHashMap<>();
        Map<String, Secret> borrowed = new LinkedHashMap<>();
        Set<String> awaited = new TreeSet<>();
        List<DesiredUser> users = new ArrayList<>();
        for (DesiredUser user : wanted.users().values()) {
            if (user.password().isPresent() || !user.stays()) {
                continue;
            }
            boolean isNew = !observed.on(topology.coordinator()).roles().containsKey(user.name());
            if (isNew || pending.contains(user.name())) {
                Secret password = Secret.generate();
                generated.put(user.name(), password);
                users.add(user.withPassword(password));
            } else if (source.isEmpty() && !knowsNodePassword(observed, user.name())) {
                // A copy gets the password of its original.
                shared.passwordElsewhere(user.name())
                        .ifPresentOrElse(
                                password -> {
                                    borrowed.put(user.name(), password);
                                    users.add(user.withPassword(password));
                                },
                                () -> awaited.addAll(shared.inTransition(user.name())));
            }
        }
        DesiredProject complete = wanted.withUsers(users);
        PlanningContext context = new PlanningContext(complete, observed, topology);
        return new ChangeSet(
                complete,
                generated,
                borrowed.keySet(),
                awaited,
                observed,
                planner.plan(context),
                WaitingGrants.in(context));
    }

    private boolean knowsNodePassword(ObservedProject observed, String user) {
        return observed.on(topology.coordinator())
                .contents()
                .map(inside -> inside.nodePasswords().containsKey(user))
                .orElse(false);
    }
}

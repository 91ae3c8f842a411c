package org.citustenancy.internal.provisioning;

import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.passwords.AuthInfo;
import org.citustenancy.internal.passwords.Verifier;
import org.citustenancy.internal.registry.PasswordHistory;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.users.Secret;

/** Checks users that are in other projects, too: a role has one password in all of them. */
final class SharedUsers {

    private final Cluster cluster;
    private final ProjectSessions sessions;
    private final String project;

    SharedUsers(Cluster cluster, ProjectSessions sessions, String project) {
        this.cluster = cluster;
        this.sessions = sessions;
        this.project = project;
    }

    /**
     * Refuses a password for one project that differs from the user's password. It would prevent the user's access to
     * the workers of the other projects.
     */
    void refuseAnotherPassword(DesiredProject wanted, ObservedProject observed) {
        for (DesiredUser user : wanted.users().values()) {
            Verifier stored = observed.verifiers().get(user.name());
            boolean another = user.password()
                    .map(password -> stored != null && !stored.matches(password))
                    .orElse(false);
            if (another) {
                refuseOutdated(user);
            }
            Set<String> others = another ? otherProjects(user.name()).keySet() : Set.of();
            if (!others.isEmpty()) {
                throw new ConflictException(Failure.of("The user \"" + user.name() + "\" is also in "
                                + String.join(", ", others) + ", with another password than the one given here")
                        .state("nothing was changed")
                        .fix("give the password that the user has, or change it everywhere with rotatePassword"));
            }
        }
    }

    /**
     * Refuses a password that was already replaced. Such a request comes from an outdated configuration, and would
     * restore the former password.
     */
    private void refuseOutdated(DesiredUser user) {
        PasswordHistory history = new PasswordHistory(sessions.maintenance());
        if (user.password()
                .filter(password -> history.isFormer(user.name(), password))
                .isPresent()) {
            throw new ConflictException(Failure.of("The password given for \"" + user.name()
                            + "\" is outdated: it was replaced by another one")
                    .where(Place.unknown().in(project))
                    .state("nothing was changed")
                    .fix("give the password that the user has now; to set this one again, call rotatePassword"));
        }
    }

    /** Returns the password with which the nodes authenticate the user to each other in another project. */
    Optional<Secret> passwordElsewhere(String user) {
        return open(otherProjects(user).keySet()).stream()
                .map(other -> passwordIn(other, user))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Returns the user's other projects that are being changed, and may soon get the password. */
    Set<String> inTransition(String user) {
        Map<String, ProjectState> others = otherProjects(user);
        others.values().removeIf(ProjectState.SEALED::equals);
        List<String> open = open(others.keySet());
        others.entrySet().removeIf(other -> other.getValue() == ProjectState.READY && open.contains(other.getKey()));
        return others.keySet();
    }

    private Optional<Secret> passwordIn(String other, String user) {
        try {
            return new NodePasswords(cluster)
                    .in(other, user, cluster.deadline())
                    .flatMap(AuthInfo::passwordIn);
        } catch (ConnectionException leaving) {
            // It is being dropped or copied; its lock is not held here.
            return Optional.empty();
        }
    }

    /** Returns the projects that accept connections. A database that is being copied does not. */
    private List<String> open(Set<String> projects) {
        return projects.isEmpty()
                ? List.of()
                : sessions.maintenance().fetch(SurveyQueries.databases(projects)).stream()
                        .filter(database -> database.get(PG_DATABASE.allowsConnections))
                        .map(database -> database.get(PG_DATABASE.name))
                        .toList();
    }

    private Map<String, ProjectState> otherProjects(String user) {
        Map<String, ProjectState> others = new TreeMap<>();
        cluster.registry(sessions.maintenance()).list().stream()
                .filter(other -> other.users().contains(user) && !other.name().equals(project))
                .forEach(other -> others.put(other.name(), other.state()));
        return others;
    }
}

package org.citustenancy.hikari;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.users.Secret;

/** The projects and users that are registered. */
final class Registrations {

    private final Map<PoolName, Registration> known = new ConcurrentSkipListMap<>();

    Registrations(List<Registration> registrations) {
        registrations.forEach(registration -> {
            former(registration).ifPresent(before -> replace(before.at(registration.connection())));
            add(registration);
        });
    }

    /** Adds a registration. An existing login gets the new password, so that open pools continue to work. */
    void add(Registration registration) {
        Registration before = known.putIfAbsent(key(registration), registration);
        if (before != null) {
            before.login().follow(registration.login());
        }
    }

    /** Returns the registration of the same project and user, if it has another address. */
    Optional<Registration> former(Registration registration) {
        return Optional.ofNullable(known.get(key(registration))).filter(before -> !before.hasAddressOf(registration));
    }

    void replace(Registration registration) {
        known.put(key(registration), registration);
    }

    void remove(String project) {
        known.keySet().removeIf(name -> name.project().equals(project));
    }

    Registration get(String project, String user) {
        return find(project, user).orElseThrow(() -> unknown(project, user));
    }

    Optional<Registration> find(String project, String user) {
        return Optional.ofNullable(known.get(new PoolName(project, user, false)));
    }

    Collection<Registration> all() {
        return known.values();
    }

    void passwordChanged(String user, Secret password) {
        known.values().stream()
                .map(Registration::login)
                .filter(login -> login.user().equals(user))
                .forEach(login -> login.change(password));
    }

    private static PoolName key(Registration registration) {
        return new PoolName(
                registration.connection().database(), registration.connection().user(), false);
    }

    private NotFoundException unknown(String project, String user) {
        String users = known.keySet().stream()
                .filter(name -> name.project().equals(project))
                .map(PoolName::user)
                .collect(Collectors.joining(", "));
        if (!users.isEmpty()) {
            return new NotFoundException(
                    Failure.of("The project \"" + project + "\" is not registered for the user \"" + user + "\"")
                            .fix("name one of " + users + ", or register the connection of this one"));
        }
        String projects =
                known.keySet().stream().map(PoolName::project).distinct().collect(Collectors.joining(", "));
        return new NotFoundException(Failure.of("No project \"" + project + "\" is registered")
                .fix("register its connection" + (projects.isEmpty() ? "" : ", or name one of " + projects)));
    }
}

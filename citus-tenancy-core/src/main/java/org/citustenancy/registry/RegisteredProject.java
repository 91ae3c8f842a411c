package org.citustenancy.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A project in the registry.
 *
 * @param name the name of the project and of its database
 * @param state its state
 * @param owner the user who owns it
 * @param users the names of all its users
 * @param connectionLimit the maximum number of concurrent sessions on a node, absent if unlimited
 * @param createdAt the time of the first request
 * @param changedAt the time of the last change
 * @param writerVersion the version of this library that last changed it
 */
public record RegisteredProject(
        String name,
        ProjectState state,
        Optional<String> owner,
        List<String> users,
        OptionalInt connectionLimit,
        Instant createdAt,
        Instant changedAt,
        String writerVersion) {

    /** Copies the list. */
    public RegisteredProject {
        users = List.copyOf(users);
    }

    /** Returns one line, as in {@code shop: ready, owner shop_user, 3 users, changed 2026-11-28T12:00:00Z}. */
    @Override
    public String toString() {
        return name + ": " + state.word() + owner.map(user -> ", owner " + user).orElse("") + ", " + users.size()
                + " users, changed " + changedAt;
    }
}

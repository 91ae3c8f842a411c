package org.citustenancy.backup.manifest;

import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The desired state of the project at the time of the backup.
 *
 * @param users the users, including the owner
 * @param connectionLimit the maximum number of sessions of the project on a node
 * @param settings the database's settings by name
 * @param extensions the extensions besides {@code citus}
 */
public record ProjectSettings(
        List<BackedUpUser> users,
        OptionalInt connectionLimit,
        SortedMap<String, String> settings,
        SortedSet<String> extensions) {

    /** Copies the collections. */
    public ProjectSettings {
        users = List.copyOf(users);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
    }
}

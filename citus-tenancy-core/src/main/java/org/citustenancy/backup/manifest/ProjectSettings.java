package org.citustenancy.backup.manifest;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.citustenancy.tables.DistributionRules;

/**
 * The desired state of the project at the time of the backup.
 *
 * @param users the users, including the owner
 * @param connectionLimit the maximum number of sessions of the project on a node
 * @param settings the database's settings by name
 * @param extensions the extensions besides {@code citus}
 * @param distribution the rules for the distribution of the tables, absent if there were none
 */
public record ProjectSettings(
        List<BackedUpUser> users,
        OptionalInt connectionLimit,
        SortedMap<String, String> settings,
        SortedSet<String> extensions,
        Optional<DistributionRules> distribution) {

    /** Copies the collections. */
    public ProjectSettings {
        users = List.copyOf(users);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        extensions = Collections.unmodifiableSortedSet(new TreeSet<>(extensions));
    }
}

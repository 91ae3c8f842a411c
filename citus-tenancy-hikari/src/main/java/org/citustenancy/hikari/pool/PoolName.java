package org.citustenancy.hikari.pool;

import java.util.Comparator;

/**
 * Identifies a pool by its project, its user and its kind.
 *
 * @param project the name of the project and of its database
 * @param user the user
 * @param reads whether it is the read pool
 */
public record PoolName(String project, String user, boolean reads) implements Comparable<PoolName> {

    private static final Comparator<PoolName> ORDER = Comparator.comparing(PoolName::project)
            .thenComparing(PoolName::user)
            .thenComparing(PoolName::reads);

    @Override
    public int compareTo(PoolName other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code user@project}, followed by {@code (reads)} for the read pool. */
    @Override
    public String toString() {
        return user + "@" + project + (reads ? " (reads)" : "");
    }
}

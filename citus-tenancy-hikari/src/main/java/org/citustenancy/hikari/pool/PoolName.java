package org.citustenancy.hikari.pool;

import java.util.Comparator;

/**
 * Which pool: of a project, for one of its users, for everything or for reads alone.
 *
 * @param project the project's name, which is its database's
 * @param user the user
 * @param reads whether it is the pool for reads
 */
public record PoolName(String project, String user, boolean reads) implements Comparable<PoolName> {

    private static final Comparator<PoolName> ORDER = Comparator.comparing(PoolName::project)
            .thenComparing(PoolName::user)
            .thenComparing(PoolName::reads);

    @Override
    public int compareTo(PoolName other) {
        return ORDER.compare(this, other);
    }

    /** {@code user@project}, with {@code (reads)} behind it for the pool of reads. */
    @Override
    public String toString() {
        return user + "@" + project + (reads ? " (reads)" : "");
    }
}

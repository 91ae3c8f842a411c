package org.citustenancy.backup.manifest;

import java.time.Instant;

/**
 * Where a backup comes from.
 *
 * @param project the project's name
 * @param madeAt the time of its snapshot
 * @param postgres the version of PostgreSQL, such as 150013
 * @param citus the version of Citus in the project
 * @param writerVersion the version of this library that made it
 * @param way how its consistency was ensured: {@code snapshots} or {@code fence}
 */
public record Origin(String project, Instant madeAt, int postgres, String citus, String writerVersion, String way) {

    /**
     * The first part of the version of PostgreSQL.
     *
     * @return for example 15
     */
    public int postgresMajor() {
        return postgres / 10_000;
    }
}

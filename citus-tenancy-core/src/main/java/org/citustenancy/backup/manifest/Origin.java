package org.citustenancy.backup.manifest;

import java.time.Instant;

/**
 * The origin of a backup.
 *
 * @param project the project's name
 * @param madeAt the time of its snapshot
 * @param postgres the version of PostgreSQL, for example 150013
 * @param citus the version of Citus in the project
 * @param writerVersion the version of this library that made the backup
 * @param way the method that ensured consistency: {@code snapshots} or {@code fence}
 */
public record Origin(String project, Instant madeAt, int postgres, String citus, String writerVersion, String way) {

    /**
     * Returns the major version of PostgreSQL.
     *
     * @return for example 15
     */
    public int postgresMajor() {
        return postgres / 10_000;
    }
}

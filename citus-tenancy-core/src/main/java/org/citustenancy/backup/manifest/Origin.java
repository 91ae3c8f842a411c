package org.citustenancy.backup.manifest;

import java.time.Instant;
import java.util.Optional;

/**
 * The origin of a backup.
 *
 * @param project the project's name
 * @param madeAt the time of its snapshot
 * @param postgres the version of PostgreSQL, for example 150013
 * @param citus the version of Citus in the project
 * @param writerVersion the version of this library that made the backup
 * @param way the method that ensured consistency: {@code snapshots} or {@code fence}
 * @param mark a digest of the project before the backup, which every written row changes; absent if a node did not
 *     answer, and in backups of earlier builds
 */
public record Origin(
        String project,
        Instant madeAt,
        int postgres,
        String citus,
        String writerVersion,
        String way,
        Optional<String> mark) {

    /**
     * Returns the major version of PostgreSQL.
     *
     * @return for example 15
     */
    public int postgresMajor() {
        return postgres / 10_000;
    }
}

package org.citustenancy.internal.observing;

import java.util.Optional;
import java.util.Set;

/**
 * A server that may become a worker, or is one.
 *
 * @param system the identifier of the server, unique among running servers
 * @param inRecovery whether it is a standby that was not promoted
 * @param postgresNumber its version of PostgreSQL as a number
 * @param postgres its version of PostgreSQL as text
 * @param citusInstalled the version of Citus that it could create
 * @param citusCreated the version of Citus in its maintenance database
 * @param databases the databases of projects that it has
 */
public record Candidate(
        String system,
        boolean inRecovery,
        int postgresNumber,
        String postgres,
        Optional<String> citusInstalled,
        Optional<String> citusCreated,
        Set<String> databases) {

    /** Returns the major version of PostgreSQL. */
    public int postgresMajor() {
        return postgresNumber / 10_000;
    }

    /**
     * Returns the release of Citus, which must be the same on all nodes.
     *
     * @return 13.0 for 13.0-1; absent if it is not installed
     */
    public Optional<String> citusRelease() {
        return citusCreated.or(() -> citusInstalled).map(version -> version.split("-", 2)[0]);
    }
}

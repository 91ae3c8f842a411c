package org.citustenancy.workers;

import java.util.Optional;
import org.citustenancy.topology.Node;

/**
 * A worker as the cluster has it now.
 *
 * @param node the worker
 * @param active whether the coordinator sends it queries
 * @param holdsShards whether shards may lie on it; false once it is being drained
 * @param postgresVersion its version of PostgreSQL, absent if it does not answer
 * @param citusVersion its version of Citus, absent if it does not answer
 * @param failure why it does not answer, absent if it does
 */
public record Worker(
        Node node,
        boolean active,
        boolean holdsShards,
        Optional<String> postgresVersion,
        Optional<String> citusVersion,
        Optional<String> failure) {

    /**
     * Whether the coordinator reaches it.
     *
     * @return false if {@link #failure} gives the reason why not
     */
    public boolean answers() {
        return failure.isEmpty();
    }

    /** One line, as in {@code worker citus-worker-1:5432: PostgreSQL 15.20, Citus 13.2.2}. */
    @Override
    public String toString() {
        String versions = failure.map(reason -> "does not answer: " + reason)
                .orElseGet(() -> "PostgreSQL " + postgresVersion.orElse("?") + ", Citus " + citusVersion.orElse("?"));
        return node + ": " + versions + (active ? "" : ", not active") + (holdsShards ? "" : ", holds no shards");
    }
}

package org.citustenancy.workers;

import java.util.Optional;
import org.citustenancy.topology.Node;

/**
 * A worker and its current state in the cluster.
 *
 * @param node the worker
 * @param active whether the coordinator sends queries to it
 * @param holdsShards whether it may hold shards; false once it is being drained
 * @param postgresVersion its version of PostgreSQL, absent if it does not answer
 * @param citusVersion its version of Citus, absent if it does not answer
 * @param failure the reason why it does not answer, absent if it does
 */
public record Worker(
        Node node,
        boolean active,
        boolean holdsShards,
        Optional<String> postgresVersion,
        Optional<String> citusVersion,
        Optional<String> failure) {

    /**
     * Returns whether the coordinator reaches the worker.
     *
     * @return false if {@link #failure} contains the reason
     */
    public boolean answers() {
        return failure.isEmpty();
    }

    /** Returns one line, as in {@code worker citus-worker-1:5432: PostgreSQL 15.20, Citus 13.2.2}. */
    @Override
    public String toString() {
        String versions = failure.map(reason -> "does not answer: " + reason)
                .orElseGet(() -> "PostgreSQL " + postgresVersion.orElse("?") + ", Citus " + citusVersion.orElse("?"));
        return node + ": " + versions + (active ? "" : ", not active") + (holdsShards ? "" : ", holds no shards");
    }
}

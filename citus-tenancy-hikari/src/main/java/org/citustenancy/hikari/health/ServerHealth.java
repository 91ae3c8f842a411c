package org.citustenancy.hikari.health;

import java.util.Optional;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.pool.PoolName;

/**
 * The health of a server.
 *
 * @param address the address in the registrations of its projects
 * @param pool the pool that lent the connection
 * @param failure why no connection was available, or why it did not answer; absent if it answered
 */
public record ServerHealth(NodeAddress address, PoolName pool, Optional<String> failure) {

    /** Returns the address and the result. */
    @Override
    public String toString() {
        return address + " (" + pool + "): " + failure.orElse("answers");
    }
}

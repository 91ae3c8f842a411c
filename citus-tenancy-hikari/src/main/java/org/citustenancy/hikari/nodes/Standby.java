package org.citustenancy.hikari.nodes;

import java.util.Optional;

/**
 * A streaming standby that read pools may use.
 *
 * @param address its address, as the application reaches it
 * @param worker the address of the worker that it follows; absent for a standby of the coordinator
 */
public record Standby(NodeAddress address, Optional<NodeAddress> worker) {

    /** Returns a standby of the coordinator. */
    public static Standby ofCoordinator(NodeAddress address) {
        return new Standby(address, Optional.empty());
    }

    /** Returns a standby of a worker. */
    public static Standby ofWorker(NodeAddress address, NodeAddress worker) {
        return new Standby(address, Optional.of(worker));
    }
}

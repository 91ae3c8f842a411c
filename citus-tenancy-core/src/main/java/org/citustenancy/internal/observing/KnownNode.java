package org.citustenancy.internal.observing;

/**
 * A node as registered in a database.
 *
 * @param server its address and group
 * @param holdsShards whether shards may be placed on it
 */
public record KnownNode(RegisteredServer server, boolean holdsShards) {

    /** Returns its group; 0 is the coordinator's. */
    public int group() {
        return server.group();
    }

    /** Returns whether it is the primary of its group. */
    public boolean isPrimary() {
        return server.isPrimary();
    }

    /** Returns whether it is the coordinator. */
    public boolean isCoordinator() {
        return server.isCoordinator();
    }

    /** Returns the address alone. */
    public String address() {
        return server.address();
    }
}

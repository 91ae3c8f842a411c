package org.citustenancy.internal.observing;

/**
 * A node as registered in a database.
 *
 * @param id its number in that database
 * @param group its group; 0 is the coordinator's
 * @param host its host name
 * @param port its port
 * @param isPrimary whether it is the primary of its group
 * @param holdsShards whether shards may be placed on it
 */
public record KnownNode(int id, int group, String host, int port, boolean isPrimary, boolean holdsShards) {

    /** Returns the server without the properties of the node. */
    public RegisteredServer server() {
        return new RegisteredServer(id, group, host, port, isPrimary);
    }

    /**
     * Checks whether it is the coordinator.
     *
     * @return false for a worker
     */
    public boolean isCoordinator() {
        return group == 0;
    }

    /**
     * Returns the address alone.
     *
     * @return {@code host:port}
     */
    public String address() {
        return host + ":" + port;
    }
}

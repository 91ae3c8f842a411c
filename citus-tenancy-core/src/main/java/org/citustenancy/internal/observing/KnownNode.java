package org.citustenancy.internal.observing;

/**
 * A node as a database has it registered.
 *
 * @param group its group; 0 is the coordinator's
 * @param host its host name
 * @param port its port
 * @param holdsShards whether shards may lie on it
 */
public record KnownNode(int group, String host, int port, boolean holdsShards) {

    /**
     * Whether it is the coordinator.
     *
     * @return false for a worker
     */
    public boolean isCoordinator() {
        return group == 0;
    }

    /**
     * The address alone.
     *
     * @return {@code host:port}
     */
    public String address() {
        return host + ":" + port;
    }
}

package org.citustenancy.topology;

/**
 * A PostgreSQL server of the cluster, by the name and port under which the other nodes reach it (as in
 * {@code pg_dist_node}; an application may have to use another address).
 *
 * @param role its part in the cluster
 * @param host its host name as the other nodes know it
 * @param port its port as the other nodes know it
 */
public record Node(NodeRole role, String host, int port) {

    /**
     * Whether projects are administered here.
     *
     * @return true for the coordinator
     */
    public boolean isCoordinator() {
        return role == NodeRole.COORDINATOR;
    }

    /**
     * The address alone.
     *
     * @return {@code host:port}
     */
    public String address() {
        return host + ":" + port;
    }

    /** Its part and its address, as in {@code worker citus-worker-1:5432}. */
    @Override
    public String toString() {
        return role.word() + " " + address();
    }
}

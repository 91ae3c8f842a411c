package org.citustenancy.topology;

/**
 * A PostgreSQL server of the cluster. Its host name and port are those by which the other nodes reach it (as in {@code
 * pg_dist_node}; an application may need another address).
 *
 * @param role its role in the cluster
 * @param host its host name, as the other nodes reach it
 * @param port its port, as the other nodes reach it
 */
public record Node(NodeRole role, String host, int port) {

    /**
     * Returns whether the node is the coordinator, which administers the projects.
     *
     * @return true for the coordinator
     */
    public boolean isCoordinator() {
        return role == NodeRole.COORDINATOR;
    }

    /**
     * Returns the address without the role.
     *
     * @return {@code host:port}
     */
    public String address() {
        return host + ":" + port;
    }

    /** Returns the role and the address, as in {@code worker citus-worker-1:5432}. */
    @Override
    public String toString() {
        return role.word() + " " + address();
    }
}

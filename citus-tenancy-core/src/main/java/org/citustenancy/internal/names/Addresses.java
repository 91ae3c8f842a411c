package org.citustenancy.internal.names;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/** Parses addresses of nodes from callers. */
public final class Addresses {

    private static final int LAST_PORT = 65_535;

    private Addresses() {}

    /**
     * Returns a node at an address.
     *
     * @param role its role in the cluster
     * @param host its host name for the other nodes
     * @param port its port for the other nodes
     * @throws InvalidRequestException if this is no address
     */
    public static Node node(NodeRole role, String host, int port) {
        if (Names.given("host name", host).isBlank() || port < 1 || port > LAST_PORT) {
            throw new InvalidRequestException(Failure.of("\"" + host + "\":" + port + " is not an address")
                    .state("nothing was changed")
                    .fix("give the host name and port by which the nodes reach each other"));
        }
        return new Node(role, host, port);
    }
}

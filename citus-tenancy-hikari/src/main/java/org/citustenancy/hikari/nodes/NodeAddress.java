package org.citustenancy.hikari.nodes;

/**
 * The address at which the application reaches a node. The other nodes may reach it at another address.
 *
 * @param host a name or an address
 * @param port a port number
 */
public record NodeAddress(String host, int port) {

    /** Returns {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}

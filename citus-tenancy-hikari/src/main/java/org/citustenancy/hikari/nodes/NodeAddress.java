package org.citustenancy.hikari.nodes;

/**
 * Where the application reaches a node, which may differ from where the other nodes reach it.
 *
 * @param host a name or an address
 * @param port a port number
 */
public record NodeAddress(String host, int port) {

    /** {@code host:port}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
